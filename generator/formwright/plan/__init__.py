"""Account action plans: what one says, the rules that it keeps, and how it becomes a document.

definition   forms/plans/<id>.yaml: parts, checklist, wording, rules        -> PlanDefinition
model        plans/<account>.yaml: what was agreed with one account         -> Plan
rules        each rule of the SOP; all that it finds, at its place          -> faults and warnings
lower        definition + plan + account                                    -> layout
start        a profile                                                      -> the text of a new plan
"""
