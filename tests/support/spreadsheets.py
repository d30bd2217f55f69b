"""What another spreadsheet library sees in a form, and how it fills one in. Reads and writes JSON."""

import json
import resource
import subprocess
import sys

PEAK_LIMIT_SECONDS = 5


def facts(path):
    import openpyxl

    book = openpyxl.load_workbook(path)
    return {
        "names": {name: book.defined_names[name].attr_text for name in book.defined_names},
        "sheets": [
            {
                "name": sheet.title,
                "state": sheet.sheet_state,
                "merged": [str(merged) for merged in sheet.merged_cells.ranges],
                "hidden": [key for key, row in sheet.row_dimensions.items() if row.hidden]
                + [key for key, column in sheet.column_dimensions.items() if column.hidden],
                "objects": len(sheet._images) + len(sheet._charts),
                "protected": sheet.protection.sheet,
                "frozen": sheet.freeze_panes,
                "unlocked": [
                    cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
                ],
                "lists": {
                    str(rule.sqref): rule.formula1
                    for rule in sheet.data_validations.dataValidation
                    if rule.type == "list"
                },
                "types": [[cell.data_type for cell in row] for row in sheet.iter_rows()],
                "rows": [[cell.value for cell in row] for row in sheet.iter_rows()],
            }
            for sheet in book.worksheets
        ],
    }


def fill(path, target, rows):
    """`rows`: by 管理番号, with 表の行 and 表の列 behind it where they are, what is written under which title."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    keys = [titles.index(title) for title in ("管理番号", "表の行", "表の列")]
    for row in sheet.iter_rows(min_row=2):
        key = " ".join(row[at].value for at in keys if row[at].value)
        for title, value in rows.get(key, {}).items():
            row[titles.index(title)].value = value
    book.save(target)


def peak(path, command):
    """How much memory the command needs to read the file, in MiB, and what it ends with."""
    with open(path, "rb") as file:
        child = subprocess.Popen(command, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(PEAK_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


asked = json.load(sys.stdin)
answer = {"facts": facts, "fill": fill, "peak": peak}[asked.pop("do")](**asked)
json.dump(answer, sys.stdout, ensure_ascii=False)
