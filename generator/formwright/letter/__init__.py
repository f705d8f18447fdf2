"""Letters: wording in YAML, what is known of the account and of us, and rules -> a letter that a director can sign.

model      the definition: YAML -> Letter
places     the closed list of what a text may leave open: {contact.name}
situation  who writes to whom, when, and who signs
rules      LET-1 to LET-6, SEL-11 and others, one module each
compose    Letter + Situation -> Composed: the wording chosen, each place filled, or all that is wrong
lower      Composed -> layout and values
"""
