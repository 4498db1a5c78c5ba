import { describe, expect, it } from "vitest";
import { sumDecimals } from "../src/format/decimal";
import { bytes, duration, milliseconds, money, percent, short, shortMoney, whole } from "../src/format/numbers";
import { quoted } from "../src/format/sqlNames";
import { ago, clock, dateTime, parseUtc } from "../src/format/times";

describe("sumDecimals", () => {
  it.each([
    [[], "0"],
    [["0.1", "0.2"], "0.3"],
    [["9747747.934", "-0.004"], "9747747.930"],
    [["-1.50", "0.25"], "-1.25"],
    [["-0.05", "0.02"], "-0.03"],
    [["99999999999999999.999", "0.001"], "100000000000000000.000"],
    [["12", "3"], "15"],
  ])("adds %j to %s, exactly", (values, sum) => expect(sumDecimals(values)).toBe(sum));
});

describe("numbers", () => {
  it("groups thousands", () => expect(whole(541909)).toBe("541,909"));
  it("shortens from ten thousand on", () => expect([short(9999), short(12_345), short(2_310_442)]).toEqual(["9,999", "12.3K", "2.3M"]));
  it("shows pence below 100,000 only", () => expect([money(1234.5, "£"), money(-3, "£"), money(9747747.934, "£")]).toEqual(["£1,234.50", "−£3.00", "£9,747,748"]));
  it("shortens money", () => expect([shortMoney(465.3, "£"), shortMoney(1400, "£")]).toEqual(["£465", "£1.4K"]));
  it("shows a ratio as percent", () => expect(percent(0.0127)).toBe("1.27 %"));
  it("shows a dash for what is not known", () => expect([whole(null), money(undefined, "£"), percent(null), milliseconds(Number.NaN), bytes(null), duration(-1)]).toEqual(["–", "–", "–", "–", "–", "–"]));
  it("chooses the unit of a latency", () => expect([milliseconds(8.44), milliseconds(120.4), milliseconds(1234)]).toEqual(["8.4 ms", "120 ms", "1.2 s"]));
  it("chooses the unit of a size", () => expect([bytes(0), bytes(999), bytes(1_400_000)]).toEqual(["0 B", "999 B", "1.4 MB"]));
  it("chooses the unit of a duration", () => expect([duration(240), duration(21_400), duration(252_000), duration(7_500_000)]).toEqual(["0.2 s", "21 s", "4 min 12 s", "2 h 5 min"]));
});

describe("times", () => {
  it("reads text without an offset as UTC", () => expect(parseUtc("2010-12-01 08:26:00")).toBe(Date.UTC(2010, 11, 1, 8, 26)));
  it("keeps a date that has only a day", () => expect(parseUtc("2010-12-01")).toBe(Date.UTC(2010, 11, 1)));
  it("gives null for no time", () => expect([parseUtc(null), parseUtc(""), parseUtc("soon")]).toEqual([null, null, null]));
  it("shows UTC whatever the reader's zone is", () => expect([dateTime("2010-12-01T08:26:00Z"), clock("2010-12-01T00:00:05Z")]).toEqual(["1 Dec 2010 08:26:00", "00:00:05"]));
  it("says how long ago", () => expect([0, 12_000, 240_000, 3 * 3_600_000, 5 * 86_400_000].map((ms) => ago(0, ms))).toEqual(["now", "12 s ago", "4 min ago", "3 h ago", "5 d ago"]));
});

describe("quoted", () => {
  it("quotes only what needs it", () => expect([quoted("marts.fct_orders"), quoted("raw.ad-events"), quoted('odd".x')]).toEqual(["marts.fct_orders", 'raw."ad-events"', '"odd""".x']));
});
