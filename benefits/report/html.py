"""Sections as accessible HTML: one heading each, captions, header cells with scope, alternative texts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from markupsafe import Markup, escape

from benefits.report.blocks import Block, Bullets, Figure, Paragraph, Section, Subheading, Table


def section_html(section: Section) -> Markup:
    """Return a section as HTML.

    Examples
    --------
    >>> print(section_html(Section(id="gaps", heading=Markup("Mangler"), blocks=(Paragraph(Markup("Ingen.")),))))
    <section id="gaps" aria-labelledby="gaps-heading">
    <h2 id="gaps-heading">Mangler</h2>
    <p>Ingen.</p>
    </section>
    """
    breaks = Markup(' class="new-page"') if section.new_page else Markup("")
    heading = Markup('<h2 id="{id}-heading"{breaks}>{words}</h2>').format(
        id=section.id, breaks=breaks, words=section.heading
    )
    opening = Markup('<section id="{id}" aria-labelledby="{id}-heading">').format(id=section.id)
    whole = Markup("\n").join([opening, heading, *map(_block, section.blocks), Markup("</section>")])
    return Markup("\n").join([whole, *map(section_html, section.others)])


def _block(block: Block) -> Markup:
    match block:
        case Paragraph(words=words, tone="plain"):
            return Markup("<p>{}</p>").format(words)
        case Paragraph(words=words, tone=tone):
            return Markup('<div class="note {}" role="note"><p>{}</p></div>').format(tone, words)
        case Bullets(points=points, numbered=numbered):
            kind = Markup("ol" if numbered else "ul")
            return Markup("<{0}>\n{1}\n</{0}>").format(kind, _lines(Markup("<li>{}</li>").format(p) for p in points))
        case Subheading(words=words):
            return Markup("<h3>{}</h3>").format(words)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)


def _table(table: Table) -> Markup:
    header = _lines(
        Markup('<th scope="col"{}>{}</th>').format(_class(column, table), words)
        for column, words in enumerate(table.header)
    )
    body = _lines(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup('<th scope="row">{}</th>').format(cell)
                if column == 0
                else Markup("<td{}>{}</td>").format(_class(column, table), cell)
                for column, cell in enumerate(row)
            )
        )
        for row in table.rows
    )
    note = Markup('\n<p class="table-note">{}</p>').format(table.note) if table.note else Markup("")
    return Markup(
        '<div class="table" tabindex="0"><table>\n<caption>{}</caption>\n'
        "<thead><tr>\n{}\n</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>{}</div>"
    ).format(table.caption, header, body, note)


def _class(column: int, table: Table) -> Markup:
    return Markup(' class="number"') if column in table.numeric else Markup("")


def _figure(figure: Figure) -> Markup:
    return Markup(
        '<figure><img alt="{}" data-values="{}" src="data:image/png;base64,{}">\n<figcaption>{}</figcaption></figure>'
    ).format(
        escape(figure.alternative),
        " ".join(value.id for value in figure.values),
        b64encode(figure.png).decode("ascii"),
        figure.caption,
    )


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)
