"""The commands `intersession import-text` and `intersession import-work-plan`: papers from files."""

import asyncio
import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from server.documents.blocks import name_format
from server.documents.markdown import UnreadableDocument, print_document, read_document
from server.domain.texts.actions.importing import import_text
from server.domain.workplan import queries as workplan
from server.domain.workplan.actions.importing import PlanPaper, PlanPreview, import_work_plan, preview_import
from server.kernel.clock import utc_now
from server.kernel.saying import say_number
from server.tools.shell.database import Email, officer_named, opened_database
from server.tools.shell.settings import current_settings

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The document, in Markdown.")]


def import_text_command(
    file: File,
    title: Annotated[str, typer.Option(help="Full title of the instrument; the file's name if left out.")] = "",
    short_title: Annotated[str, typer.Option(help="Short title; an instrument is recognised by it.")] = "",
    label: Annotated[str, typer.Option(help="Label of the version.")] = "Version 1",
    language: Annotated[str, typer.Option(help="Language tag of the text, such as fr or zh-Hant.")] = "en",
    translates: Annotated[
        str, typer.Option(help="Id of the issued version of the original that the document translates.")
    ] = "",
    officer: Email = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, but write nothing.")] = False,
) -> None:
    """Read a document into the next version of an instrument, and name every place that may be read wrongly."""
    markdown = _read_file(file)
    _print_report(markdown)
    if dry_run:
        return

    async def work() -> str:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            async with database.writing() as session:
                return await import_text(
                    session,
                    actor,
                    utc_now(),
                    title=title or file.stem,
                    short_title=short_title or title or file.stem,
                    label=label,
                    markdown=markdown,
                    source_name=file.name,
                    language=language,
                    translates_id=translates or None,
                )

    typer.echo(f"version {asyncio.run(work())}")


def _read_file(file: Path) -> str:
    limit = current_settings().import_bytes
    if file.stat().st_size > limit:
        raise typer.BadParameter(f"{file.name} is larger than {limit} bytes.")
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fault = name_format(file.read_bytes()[:16].decode("latin-1")) or f"{file.name} is not text in UTF-8."
        raise typer.BadParameter(fault) from error


def _print_report(markdown: str) -> None:
    try:
        document = read_document(markdown)
    except UnreadableDocument as error:
        raise typer.BadParameter(error.message) from error
    kinds = [unit.kind for unit in document.units]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    words = len(print_document(document.units).split())
    typer.echo(f"{say_number(len(kinds), 'provision')} ({counts}), {say_number(words, 'word')}")
    for warning in document.warnings:
        typer.echo(f"  {warning.kind} at provision {warning.unit + 1}: {warning.words}")
        typer.echo(f"    {warning.suggestion}")


def import_work_plan_command(
    file: File,
    decided_on: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the decision: coordinators and members begin on it."),
    ],
    body: Annotated[str, typer.Option(help="Short name of the body whose plan this is.")] = "WGEC",
    parent: Annotated[str, typer.Option(help="Short name of the body that gave the mandate.")] = "PTC",
    officer: Email = "",
    confirm: Annotated[bool, typer.Option(help="Change what the paper amends.")] = False,
    drop_vanished: Annotated[bool, typer.Option(help="Give up what the paper prints no longer.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, but write nothing.")] = False,
) -> None:
    """Read a work plan and its chart (Markdown, CSV, XLSX). Amendments are listed, and written with --confirm."""
    markdown = _read_plan(file)

    async def work() -> dict[str, Any]:
        async with opened_database() as database:
            actor = await officer_named(database, officer)
            paper = PlanPaper(markdown, body, parent, decided_on=decided_on.date())
            async with database.studying() as session:
                preview = await preview_import(session, actor, utc_now(), paper)
            _print_preview(preview)
            if dry_run:
                return {"added": preview.added}
            async with database.writing() as session:
                plan = await import_work_plan(
                    session,
                    actor,
                    utc_now(),
                    **paper._asdict(),
                    source_name=file.name,
                    confirmed=preview.digest if confirm else "",
                    can_drop_vanished=drop_vanished,
                )
                counts = await workplan.counts_of_plan(session, plan)
        return {"plan": plan, **counts._asdict()}

    typer.echo(json.dumps(asyncio.run(work()), indent=2, default=str))


def _read_plan(file: Path) -> str:
    """Return a paper as the import takes it: an XLSX file in Base64, any other as text."""
    if file.suffix.casefold() == ".xlsx" and file.stat().st_size <= current_settings().import_bytes:
        return base64.b64encode(file.read_bytes()).decode("ascii")
    return _read_file(file)


def _print_preview(preview: PlanPreview) -> None:
    """Print what a paper amends, and what a person should look at."""
    for amendment in preview.amendments:
        place = f"row {amendment.row}, {amendment.column}: " if amendment.row else ""
        typer.echo(f"{amendment.kind}: {place}{amendment.name}: {amendment.was!r} -> {amendment.says!r}", err=True)
    for doubt in preview.doubts:
        typer.echo(f"{doubt.kind}: row {doubt.row}, {doubt.column}: {doubt.printed!r}", err=True)
