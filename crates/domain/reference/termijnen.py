"""When the legal terms of the access end, for every start from 2015 to 2040, for tests/feestdagen.rs.

`python termijnen.py` writes termijnen_expected.csv beside this file; it needs numpy and holidays
0.109. A row is a year and a term with one digit (base 36) per day of the year: how many days after
its bare end the term ends, for working days how many days after its start.

The holidays come from the package `holidays` (Netherlands). What it says of the law, checked:
- Good Friday is there; the Algemene termijnenwet counts it (art. 3 lid 2).
- 5 May is a public day of the package once in five years, since that is when many have the day
  off; the law names it every year (art. 3 lid 1), so the optional days of the package are added.
- King's Day is on 26 April when the 27th is a Sunday, as the law wants: the day of celebration.
- Easter Sunday and Whit Sunday are there and change nothing: they are Sundays.
- The days of the royal decrees (art. 3 lid 3) are not there. They are written down below. They move
  the end of a term; they are no days off, so that working days run on through them.
"""

import pathlib

import holidays
import numpy as np

YEARS = range(2015, 2041)
DECREES = """
2015-01-02 2015-05-04 2015-05-15 2016-05-06
2017-04-28 2017-05-26 2018-05-11 2018-12-24 2018-12-31 2019-05-31 2019-12-27
2020-05-22 2021-05-14 2022-05-27
2023-04-28 2023-05-19 2024-05-10 2024-12-27 2025-05-30
2026-01-02 2026-05-15 2027-05-07 2028-04-28 2028-05-26
""".split()

law = holidays.NL(years=range(2015, 2042), categories=("public", "optional"))
days_off = np.array(sorted(law), dtype="datetime64[D]")
no_ends = np.concatenate([days_off, np.array(DECREES, dtype="datetime64[D]")])


def digits(days):
    return "".join(np.base_repr(int(it), 36).lower() for it in days)


def term(starts, days):
    bare = starts + np.timedelta64(days, "D")
    ends = np.busday_offset(bare, 0, roll="forward", holidays=no_ends)
    return digits((ends - bare).astype(int))


def working_days(starts, count):
    ends = np.busday_offset(starts, count, roll="backward", holidays=days_off)
    return digits((ends - starts).astype(int))


lines = ["# made by termijnen.py", "jaar,termijn,dagen"]
for year in YEARS:
    starts = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    for name, days in [("6 weken", 42), ("2 weken", 14), ("7 dagen", 7)]:
        lines.append(f"{year},{name},{term(starts, days)}")
    lines.append(f"{year},5 werkdagen,{working_days(starts, 5)}")
here = pathlib.Path(__file__).parent
(here / "termijnen_expected.csv").write_text("\n".join(lines) + "\n")
