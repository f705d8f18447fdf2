"""Layouts for tests of writers and readers: `sample` has one of each control and block, `stress` has long ones.

Names, addresses and numbers are invented; the questions' wording is the source's (docs/source).
"""

from __future__ import annotations

from formwright.layout import (
    Area,
    Blank,
    Block,
    Column,
    Control,
    Field,
    Figure,
    Grid,
    Group,
    Heading,
    Layout,
    Line,
    List,
    ManyOf,
    Note,
    OneOf,
    Option,
    Para,
    Row,
    Run,
    Tick,
)

WORDS = {
    "page": "Page {n} of {m}",
    "continued": "continued on sheet {n}",
    "sheet": "Continuation sheet {n}",
    "code": "Code for machines",
    "sample": "Sample",
    "correct_as_shown": "Correct as shown",
    "token": "Code {token}",
    "type_here": "Type here",
    "choose": "Choose",
    "choose_date": "Choose a date",
    "sign_here": "Type your name, or sign on paper",
}
YES_NO = (Option(code="yes", label="Yes"), Option(code="no", label="No"))
TITLE = "General Questionnaire for Account Management"


def text(*parts: str) -> tuple[Run, ...]:
    """Return plain runs; a part in `*stars*` is strong."""
    return tuple(
        Run(part.strip("*"), "strong") if part.startswith("*") and part.endswith("*") else Run(part) for part in parts
    )


def fields(*controls: Control) -> tuple[Block, ...]:
    return tuple(Field(control=control) for control in controls)


def item(number: str, words: str, *blocks: Block, anchor: str = "", help: str = "", long: bool = False) -> Group:
    return Group(
        role="item",
        number=number,
        runs=text(words),
        help=text(help) if help else (),
        blocks=blocks,
        anchor=anchor,
        long=long,
        keep=not long,
    )


def yes_no(key: str, name: str, label: str = "") -> OneOf:
    return OneOf(key=key, name=name, label=label, options=YES_NO, required=True)


def follow(lead: str, words: str, *blocks: Block) -> Group:
    return Group(role="follow", runs=text(f"*{lead}*", f" {words}"), blocks=blocks)


def confirm(key: str, number: str) -> Field:
    return Field(
        control=Tick(
            key=f"{key}_confirm",
            name=f"{number}, correct as shown",
            label="Correct as shown",
            quiet="As we know it on the date of issue",
        )
    )


def row(*controls: Control) -> Group:
    """Return controls side by side."""
    return Group(role="row", blocks=fields(*controls))


def side(title: str, *blocks: Block) -> Group:
    return Group(role="side", title=title, blocks=blocks)


def options(**labels: str) -> tuple[Option, ...]:
    """Return options: code=label."""
    return tuple(Option(code=code, label=label) for code, label in labels.items())


def opening() -> tuple[Block, ...]:
    """Return page 1: masthead, title, facts, side heads with a specimen."""
    return (
        Group(role="masthead", title="National Account Services Center", runs=text("Account Management")),
        Heading(text=TITLE, level=1),
        Group(
            role="facts",
            blocks=fields(
                _fact("form.prepared_for", "Prepared for"),
                _fact("form.return_by", "Please return by"),
                _fact("form.contact", "Account manager", "Your account manager"),
            ),
        ),
        _why(),
        _how_to_fill_in(),
        _how_to_return(),
    )


def _fact(key: str, name: str, label: str = "") -> Line:
    return Line(key=key, name=name, label=label or name, fixed=True, strong=True)


def _why() -> Group:
    helps = (
        "Your answers help us, together with you, to find compliance problems that should be addressed in your account "
        "action plan."
    )
    but = (
        "The purpose is not to start an investigation or an audit. However, if we find egregious noncompliance or "
        "suspected fraud, we will refer it to an Enforcement Evaluation Team for review."
    )
    return side("Why we ask", Para(runs=text(helps)), Para(runs=text(but)))


def _how_to_fill_in() -> Group:
    known = (
        Run("Shaded fields hold what we already know. If it is right, tick "),
        Run("Correct as shown", "emphasis"),
        Run(". If not, type over it, or cross it out and write beside it."),
    )
    sections = text(
        "Each section starts on a new page, so that you can give it to the people who know. Answer as fully as you "
        "can. If a question does not apply to you, say so. An incomplete form is better than none."
    )
    more = text("If you need more room, attach a sheet and mark it with the number of the question, for example E.2.")
    typed = text("Type into this file and save it, or print it and write in dark ink.")
    return side(
        "How to fill it in",
        List(entries=(typed, known, sections, more), numbered=True),
        Figure(
            alternative="A shaded field that holds a name, and below it an empty tick: Correct as shown.",
            specimen="Sample Lamp Importers, Inc.",
            caption="What we already know looks like this",
        ),
    )


def _how_to_return() -> Group:
    runs = (
        Run("Send the saved file to "),
        Run("returns@nasc.example", "together", "mailto:returns@nasc.example"),
        Run(", or mail the printed pages to National Account Services Center, 100 Specimen Avenue, "),
        Run("Sampleton, DC 00000", "together"),
        Run(". Send every page; we recognize each by its code."),
    )
    return side("How to return it", Para(runs=runs))


def _known() -> Group:
    return item(
        "A.1",
        "Company’s full name and IRS identification number.",
        row(
            Line(
                key="company.name",
                name="A.1 Full legal name",
                label="Full legal name",
                known=True,
                width=8,
                required=True,
                max_length=200,
            ),
            Line(
                key="company.irs",
                name="A.1 IRS identification number",
                label="IRS identification number",
                known=True,
                width=4,
                hint="identifier",
            ),
        ),
        confirm("company", "A.1"),
        anchor="company",
    )


def officers(rows: int = 5, known: int = 2) -> Group:
    """Return A.3, a repeating table with known rows."""
    return item(
        "A.3",
        "Name and title of the account’s officers.",
        Grid(
            name="Officers",
            number="A.3",
            repeating=True,
            known_rows=known,
            columns=(
                Column(title="Name", width=6),
                Column(title="Title", width=6),
                Column(title="Correct as shown", width=2, tick=True),
            ),
            rows=tuple(_officer(number, number <= known) for number in range(1, rows + 1)),
        ),
        Para(runs=text("Shaded rows: as we know it on the date of issue. More officers? Attach a list."), role="help"),
        anchor="officers",
    )


def _officer(number: int, known: bool) -> Row:
    key, name = f"officers.r{number}", f"A.3 Officer {number}"
    tick = (Tick(key=f"{key}_confirm", name=f"{name}, correct as shown"),) if known else ()
    cells = (
        (Line(key=f"{key}.name", name=f"{name}, name", known=known),),
        (Line(key=f"{key}.title", name=f"{name}, title", known=known),),
        tick,
    )
    return Row(id=f"r{number}", number=str(number), cells=cells, known=known)


def _choices() -> tuple[Group, ...]:
    legal = options(corp="Corporation", llc="Limited liability company", other="Other")
    programs = options(
        drawback="Drawback",
        ftz="Foreign trade zones",
        gsp="Generalized preferences",
        bonded="Bonded warehouses",
        agoa="Regional preferences",
        tib="Temporary importation",
    )
    states = options(DC="District of Columbia", VA="Virginia")
    return (
        item(
            "A.4",
            "How is the account organized?",
            *fields(OneOf(key="legal_form", name="A.4 Legal form", options=legal, stacked=True)),
        ),
        item(
            "A.5",
            "Which programs does the account use?",
            *fields(ManyOf(key="programs", name="A.5 Programs", options=programs)),
        ),
        item(
            "A.6",
            "Where is the head office, and since when?",
            row(
                OneOf(key="office.state", name="A.6 State", label="State", style="list", width=4, options=states),
                Line(key="office.since", name="A.6 Since", label="Since (month / day / year)", hint="date", width=3),
            ),
        ),
    )


def _internal_controls() -> Group:
    manuals = Grid(
        name="Manuals",
        repeating=True,
        columns=(
            Column(title="Title", width=8),
            Column(title="Date or edition", width=4),
            Column(title="Copy attached", width=2, tick=True),
        ),
        rows=tuple(
            Row(
                id=f"r{number}",
                cells=(
                    (Line(key=f"manuals.list.r{number}.title", name=f"D.1 Manual {number}, title"),),
                    (Line(key=f"manuals.list.r{number}.edition", name=f"D.1 Manual {number}, date or edition"),),
                    (Tick(key=f"manuals.list.r{number}.copy", name=f"D.1 Manual {number}, copy attached"),),
                ),
            )
            for number in range(1, 4)
        ),
    )
    return item(
        "D.1",
        "Identify the account’s formal policies and procedures manuals or other written directives related to the "
        "handling of Customs activities described in Section C. If there are no formal written procedures, provide a "
        "written summary of the account’s procedures for ensuring compliance with Customs laws, regulations, and "
        "rulings.",
        Group(
            role="part",
            runs=text("Does the account have formal written procedures?"),
            blocks=fields(yes_no("manuals.exist", "D.1 Does the account have formal written procedures?")),
        ),
        follow("If yes,", "identify the manuals or directives and attach a copy of each.", manuals),
        follow(
            "If no,",
            "summarize the account’s procedures for ensuring compliance.",
            *fields(Area(key="manuals.summary", name="D.1 Summary of procedures", lines=9)),
        ),
        anchor="manuals",
        long=True,
    )


def _remittance() -> Group:
    invoices = ("YL-26-00417", "YL-26-00533", "TE/1189/26")
    proofs = Grid(
        name="Proof of payment",
        row_title="Invoice number",
        columns=(
            Column(title="Entry number", width=4),
            Column(title="Proof sent (kind, date, amount)", width=6),
            Column(title="Proof attached", width=2, tick=True),
        ),
        rows=tuple(
            Row(
                id=f"r{number}",
                head=invoice,
                cells=(
                    (Line(key=f"remit.proofs.r{number}.entry", name=f"E.2 {invoice}, entry number", fixed=True),),
                    (Line(key=f"remit.proofs.r{number}.note", name=f"E.2 {invoice}, proof sent"),),
                    (Tick(key=f"remit.proofs.r{number}.enclosed", name=f"E.2 {invoice}, proof attached"),),
                ),
            )
            for number, invoice in enumerate(invoices, start=1)
        ),
    )

    def part(words: str, *blocks: Block) -> Group:
        return Group(role="part", strong=True, runs=text(words), blocks=blocks)

    full = "Do you remit the full invoiced value for imported merchandise to the foreign supplier?"
    return Group(
        role="item",
        number="E.2",
        anchor="remit",
        keep=False,
        long=True,
        blocks=(
            part(
                full,
                *fields(yes_no("remit.full", f"E.2 {full}")),
                follow("If no,", "explain.", *fields(Area(key="remit.full_explain", name="E.2 Explanation"))),
            ),
            part("What are the terms of payment?", *fields(Area(key="remit.terms", name="E.2 Terms", lines=2))),
            part("Please provide proof of payment for the following import invoice numbers:", proofs),
        ),
    )


def _assists() -> Group:
    lines = (
        ("a", "supply production materials (fabric, component parts, etc.)?"),
        ("b", "supply machinery to the overseas facility?"),
        ("h", "lend funds to the foreign supplier?"),
    )
    return item(
        "E.3",
        "Does the account provide any other material or financial assistance to any foreign suppliers? For example, "
        "does the account",
        Grid(
            name="Assists",
            role="lines",
            columns=(Column(title=""),),
            rows=tuple(
                Row(
                    id=letter,
                    number=letter,
                    head=words,
                    cells=((yes_no(f"assists.{letter}", f"E.3 {letter} {words}"),),),
                )
                for letter, words in lines
            ),
        ),
        Field(
            control=Area(
                key="assists.ledger",
                name="E.3 General ledger accounts",
                label="Identify general ledger accounts used to record the above transactions.",
            )
        ),
        anchor="assists",
    )


def certification() -> Group:
    return Group(
        role="certification",
        title="Certification",
        where="Certification",
        blocks=(
            Para(
                runs=text(
                    "To the best of my knowledge, the information given in this questionnaire and in its attachments "
                    "is complete and correct, and I am authorized to provide it for the account."
                ),
                role="lead",
            ),
            row(
                Line(key="certification.name", name="Printed name", label="Printed name", width=6),
                Line(key="certification.title", name="Title", label="Title", width=6),
            ),
            row(
                Blank(
                    key="certification.signature",
                    name="Signature",
                    label="Signature (type your name, or sign here on paper)",
                    width=9,
                ),
                Blank(key="certification.date", name="Date", label="Date (month / day / year)", width=3),
            ),
        ),
    )


def section(letter: str, title: str, *blocks: Block, where: str = "") -> Group:
    return Group(
        role="section",
        number=letter,
        title=title,
        where=where or f"Section {letter}: {title}",
        anchor=f"section_{letter.lower()}",
        blocks=blocks,
    )


LEAD = Para(
    runs=text(
        "Please review and make any necessary corrections to any of the following information filled in and provide "
        "the information for items not completed."
    ),
    role="lead",
)


def layout(*blocks: Block, id: str = "sample") -> Layout:
    """Return a document of our sample furniture around some blocks."""
    return Layout(
        id=id,
        version="1998.8",
        title=TITLE,
        language="en",
        running=TITLE,
        foot=f"{TITLE}, version 1998.8",
        blocks=blocks,
        words=WORDS,
        author="National Account Services Center",
    )


def sample() -> Layout:
    """Return eight items and more, with one of each control and of nearly each block."""
    return layout(
        *opening(),
        Note(title="Notice.", runs=text("An agency may not ask for information without a valid control number.")),
        section("A", "General Organizational Information", LEAD, _known(), officers(), *_choices()),
        section("D", "Internal Controls", _internal_controls()),
        section("E", "Customs Value Information", _remittance(), _assists()),
        certification(),
    )


# ---- stress -------------------------------------------------------------------------------------


def suppliers(rows: int = 27, known: int = 3) -> Group:
    """Return B.6: many rows of two lines, over several pages."""
    return item(
        "B.6",
        "Names and addresses of major foreign suppliers. (10% of total entered value is considered major).",
        Grid(
            name="Suppliers",
            number="B.6",
            repeating=True,
            known_rows=known,
            columns=(
                Column(title="Supplier", width=6),
                Column(title="Address and country", width=7),
                Column(title="% of value", width=2),
                Column(title="Correct as shown", width=2, tick=True),
            ),
            rows=tuple(_supplier(number, number <= known) for number in range(1, rows + 1)),
        ),
        Para(runs=text("More suppliers? Attach a list and mark it B.6."), role="help"),
        help="The second line is for the name in the supplier’s own script, if it has one.",
        anchor="suppliers",
        long=True,
    )


def _supplier(number: int, known: bool) -> Row:
    key, name = f"suppliers.r{number}", f"B.6 Supplier {number}"
    cells = (
        (
            Line(key=f"{key}.name", name=f"{name}, name", known=known),
            Line(key=f"{key}.native", name=f"{name}, name in own script", known=known),
        ),
        (Area(key=f"{key}.address", name=f"{name}, address and country", lines=2, known=known),),
        (Line(key=f"{key}.share", name=f"{name}, percent of entered value", hint="percent", known=known),),
        (Tick(key=f"{key}_confirm", name=f"{name}, correct as shown"),) if known else (),
    )
    return Row(id=f"r{number}", number=str(number), cells=cells, known=known)


def acquisition() -> Group:
    """Return C.3: a matrix with deep cells and a row that may not apply."""
    areas = (
        ("purchase", "Purchase of foreign merchandise"),
        ("receipt", "Receipt of foreign merchandise"),
        ("inventory", "Recording in inventory"),
        ("payments", "Payments made to foreign vendor"),
        ("distribution", "Distribution to customers"),
        ("export", "Export of merchandise, if applicable"),
    )

    def row(id: str, head: str) -> Row:
        key, name = f"acquisition.{id}", f"C.3 {head}"
        under = (
            (Tick(key=f"{key}.na", name=f"{name}, does not apply", label="Does not apply"),) if id == "export" else ()
        )
        cells = (
            (Area(key=f"{key}.activities", name=f"{name}, activities and documents"),),
            (Area(key=f"{key}.finance", name=f"{name}, financial accountability"),),
            (Tick(key=f"{key}.flowchart", name=f"{name}, flowchart attached"),),
        )
        return Row(id=id, head=head, cells=cells, under=under)

    return item(
        "C.3",
        "Provide a description and/or flowchart of the account’s activities, documents, and financial accountability "
        "used for acquisition of foreign merchandise in the following areas:",
        Grid(
            name="Acquisition of foreign merchandise",
            number="C.3",
            role="matrix",
            row_title="Area",
            columns=(
                Column(title="Activities and documents", width=7),
                Column(title="Financial accountability", width=4),
                Column(title="Flowchart attached", width=2, tick=True),
            ),
            rows=tuple(row(*area) for area in areas),
        ),
        Para(runs=text("Mark each flowchart C.3 and with the name of its area."), role="help"),
        anchor="acquisition",
        long=True,
    )


def explanation(number: int) -> Group:
    """Return one long question with a deep field."""
    words = (
        "Describe the procedures by which the account makes sure that assists, commissions, royalties, license fees, "
        "freight, and other dutiable costs are correctly reported to Customs, who is answerable for each of them, how "
        "often they are looked at, and what is done when one of them is found to be wrong."
    )
    return item(
        f"F.{number}", words, *fields(Area(key=f"long_{number}", name=f"F.{number} Procedures", lines=number % 7 + 2))
    )


def stress() -> Layout:
    """Return tables over several pages, a matrix and thirty long questions."""
    return layout(
        *opening(),
        section("B", "Customs-Related Activities", LEAD, suppliers()),
        section("C", "Record Keeping System", acquisition()),
        section("F", "Further Questions", *(explanation(number) for number in range(1, 31))),
        section("G", "Officers", officers(rows=40, known=30)),
        certification(),
        id="stress",
    )
