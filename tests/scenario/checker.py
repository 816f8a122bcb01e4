#!/usr/bin/env python3
"""The report checker as a county reviewer uses it: read, check, similar; their forms and exit codes. checker.py YIFA TREE"""
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

YIFA, TREE = sys.argv[1], pathlib.Path(sys.argv[2])
FAULTS = []

REPORT = """{town}人民政府关于{year}年度法治政府建设情况的报告
县人民政府：
{year}年，{town}深入学习贯彻习近平法治思想，扎实推进法治政府建设。现将有关情况报告如下。
一、主要举措和成效
（一）履行第一责任人职责。党政主要负责人专题研究法治建设{n}次，带头讲授法治课2次。
（二）化解矛盾纠纷。全年受理矛盾纠纷{found}件，化解{settled}件，化解率{rate}，其余正在办理。
二、存在的不足和原因
执法人员业务能力还不强，主要原因是培训不够系统、人员调动频繁。
三、{after}年主要安排
加强执法人员培训，完善合法性审查机制。
{town}人民政府
{after}年1月15日
"""


def report(town="云溪镇", year=2024, n=4, found=219, settled=216, rate="98.6%"):
    return REPORT.format(town=town, year=year, after=year + 1, n=n, found=found, settled=settled, rate=rate)


def expect(said, what):
    if not said:
        FAULTS.append(what)


def run(*words, code=None):
    done = subprocess.run([YIFA, *map(str, words)], capture_output=True)
    if code is not None and done.returncode != code:
        FAULTS.append(f"yifa {' '.join(map(str, words))}: exit {done.returncode}, not {code}: {done.stderr.decode()[:300]}")
    return done


def findings(*words, code=None):
    done = run("check", *words, "--format", "json", code=code)
    return json.loads(done.stdout)


def reading(folder):
    clean = folder / "云溪镇.txt"
    clean.write_text(report(), encoding="utf-8")
    got = json.loads(run("read", clean, "--format", "json", code=0).stdout)
    expect(got["place"] == "云溪镇" and got["year"] == 2024, f"place and year: {got['place']} {got['year']}")
    text = run("read", clean, "--text", code=0).stdout.decode()
    for figure in got["figures"]:
        expect(text[figure["start"]:figure["end"]] == figure["text"], f"offsets of {figure['text']}")
    values = {(figure["value"], figure["unit"]) for figure in got["figures"]}
    expect({(219, "件"), (216, "件"), (98.6, "%"), (4, "次")} <= values, f"figures {values}")
    expect([section["level"] for section in got["sections"]] == [1, 2, 2, 1, 1], "levels of the sections")
    gb = folder / "gb.txt"
    gb.write_bytes(report().encode("gb18030"))
    expect(run("read", gb, "--text").stdout.decode() == text, "GB 18030 reads as UTF-8 does")
    bom = folder / "bom.txt"
    bom.write_bytes(b"\xef\xbb\xbf" + report().replace("\n", "\r\n").encode())
    expect(run("read", bom, "--text").stdout.decode() == text, "BOM and CRLF read the same")
    for file in (gb, bom):
        file.unlink()


def faults(folder):
    clean = folder / "云溪镇.txt"
    got = findings(clean, code=0)
    expect(got["counts"]["error"] == 0, f"a clean report has errors: {got['findings']}")
    wrong = folder / "wrong.txt"
    wrong.write_text(report(rate="96.8%"), encoding="utf-8")
    got = findings(wrong, code=9)
    told = [one for one in got["findings"] if one["rule"] == "arithmetic.rate"]
    expect(len(told) == 1 and told[0]["line"] == 6 and told[0]["severity"] == "error", f"the wrong rate: {told}")
    expect(findings(wrong, "--rules", "-arithmetic.rate", code=0)["counts"]["error"] == 0, "a rule switched off")
    note = findings(wrong, "--rules", "arithmetic.rate=note", code=0)["findings"]
    expect([one["severity"] for one in note if one["rule"] == "arithmetic.rate"] == ["note"], "a severity changed")
    run("check", wrong, "--rules", "arithmetik", code=3)
    ignore = folder / "ignore.lst"
    ignore.write_text("arithmetic.rate @云溪镇 化解率  # agreed\n", encoding="utf-8")
    expect(findings(wrong, "--ignore", ignore, code=0)["counts"]["error"] == 0, "a finding suppressed")
    for form in ("json", "sarif", "html", "text"):
        one = run("check", wrong, "--format", form, code=9).stdout
        expect(one == run("check", wrong, "--format", form).stdout, f"{form}: the same bytes twice")
    log = json.loads(run("check", wrong, "--format", "sarif").stdout)
    expect(log["version"] == "2.1.0" and log["runs"][0]["columnKind"] == "unicodeCodePoints", "SARIF")
    page = run("check", wrong, "--format", "html").stdout.decode()
    expect("96.8%" in page and "http://" not in page.replace("http://www.w3.org", "") and "https://" not in page, "one page, nothing fetched")
    wrong.unlink()
    ignore.unlink()


def refused(folder):
    for name, content in (("empty.txt", b""), ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(64)), ("cut.docx", b"PK\x03\x04broken"),
                          ("binary.txt", bytes(range(256)) * 4)):
        file = folder / name
        file.write_bytes(content)
        done = run("check", file, code=3)
        expect(done.stderr.decode().count(name) > 0 and len(done.stderr) < 600, f"{name}: a plain error: {done.stderr.decode()[:200]}")
        file.unlink()
    bomb = folder / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (300 << 20))
    run("check", bomb, code=3)
    bomb.unlink()
    huge = folder / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(1 << 30)
    run("check", huge, code=3)
    huge.unlink()
    run("check", folder / "none.txt", code=5)


def county(folder):
    for i, town in enumerate(("云溪镇", "石桥乡", "青山镇", "白水街道")):
        body = report(town, n=3 + i, found=100 + i, settled=100 + i, rate="100%")
        (folder / f"{town}.txt").write_text(body, encoding="utf-8")
    copied = ("我镇在集市、学校和企业设立流动普法点，由法律明白人用方言讲解土地承包、婚姻家庭和防范诈骗的案例，群众听得懂、记得住。"
              "对婚恋、宅基地和劳资等容易激化的纠纷，村干部每周上门了解一次，建立清单逐件销号，做到早发现、早介入、早处置。")
    for town in ("青山镇", "云溪镇"):
        file = folder / f"{town}.txt"
        file.write_text(file.read_text(encoding="utf-8").replace("二、存在", copied * 1 + "\n二、存在"), encoding="utf-8")
    expected = folder / "expected.lst"
    expected.write_text("云溪镇\n石桥乡\n青山镇\n白水街道\n黄土镇\n", encoding="utf-8")
    out = folder.parent / "out"
    out.mkdir()
    done = run("--json", "check", folder, "--summary", out / "county.html", "--expected", expected)
    expect(json.loads(done.stdout)["missing"] == ["黄土镇"], "who is missing")
    page = (out / "county.html").read_text(encoding="utf-8")
    expect(all(town in page for town in ("云溪镇", "石桥乡", "黄土镇")) and (out / "county-pages" / "0001.html").exists(), "a row a town")
    run("check", folder, "--summary", out / "county.xlsx", "--expected", expected)
    expect(zipfile.ZipFile(out / "county.xlsx").testzip() is None, "the workbook opens")
    both = findings(folder)
    expect(len(both["files"]) == 4 and both["counts"]["error"] == sum(one["counts"]["error"] for one in both["files"]), "several files in one")
    run("check", folder, "--format", "json", "-o", out / "all.json")
    expect(json.loads((out / "all.json").read_text(encoding="utf-8")) == both, "the same in a file")
    pairs = json.loads(run("similar", folder, "--format", "json", code=0).stdout)["pairs"]
    expect(any({"云溪镇", "青山镇"} == {pathlib.Path(pair["a"]).stem, pathlib.Path(pair["b"]).stem} for pair in pairs), f"copies: {pairs}")


def ledger(folder):
    data = folder / "demo"
    run("demo", "--data", data, code=0)
    draft = next((data / "reports").glob("高观镇*.docx"))
    got = findings(draft, "--against", data, "--org", "高观镇", "--rules", "ledger", code=0)
    rules = [one["rule"] for one in got["findings"]]
    expect(rules.count("ledger.matched") > 30 and "ledger.differs" not in rules, "a drafted report agrees with its ledger")
    text = run("read", draft, "--text").stdout.decode()
    changed = folder / "changed.txt"
    changed.write_text(text.replace("化解216件", "化解206件"), encoding="utf-8")
    expect("化解216件" in text, "the draft says 化解216件")
    got = findings(changed, "--against", data, "--org", "高观镇", "--rules", "ledger", code=9)
    told = [one["message"] for one in got["findings"] if one["rule"] == "ledger.differs"]
    expect(len(told) == 1 and "206" in told[0] and "216" in told[0], f"the changed figure: {told}")
    run("check", draft, "--against", data, code=3)
    run("check", draft, "--against", folder / "nothing", "--org", "高观镇", code=5)


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch) / "reports"
    folder.mkdir()
    reading(folder)
    faults(folder)
    refused(folder)
    county(folder)
    ledger(pathlib.Path(scratch))
for fault in FAULTS:
    print(fault)
print("checker:", "ok" if not FAULTS else f"{len(FAULTS)} faults")
sys.exit(bool(FAULTS))
