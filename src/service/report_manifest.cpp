#include "service/report_manifest.h"

#include "crypto/hash.h"
#include "report/render_json.h"

namespace yifa::service {

std::string definition_hash(const catalog::Indicator &indicator) {
  const json::object meaning{{"id", indicator.id},
                             {"label", indicator.label.zh},
                             {"unit", indicator.unit},
                             {"definition", indicator.definition.zh},
                             {"source", indicator.source.text()}};
  return crypto::hex(crypto::sha256(canonical(meaning)));
}

json::array manifest_figures(const report::Document &document, const catalog::Catalog &catalog) {
  json::array figures;
  for (const auto &block : document.blocks)
    for (const auto &sentence : block.sentences)
      for (const auto &run : sentence.runs) {
        if (!run.figure) continue;
        const auto &ref = *run.figure;
        json::object one{{"block", block.id},
                         {"sentence", sentence.id},
                         {"kind", report::to_string(ref.kind)},
                         {"indicator", ref.indicator},
                         {"value", ref.seen},
                         {"printed", run.text},
                         {"unit", ref.unit},
                         {"org", ref.org.text()},
                         {"period", ref.period.text()}};
        if (!ref.dimension.empty()) {
          one["dimension"] = ref.dimension;
          one["group"] = ref.group;
        }
        if (!ref.last_year.empty()) one["last_year"] = ref.last_year;
        if (run.kept) one["kept"] = run.kept->reason;
        if (const auto *declared = catalog.indicator(ref.indicator))
          one["definition"] = definition_hash(*declared);
        figures.push_back(std::move(one));
      }
  return figures;
}

json::object manifest_json(const Manifest &manifest, const report::Document &document,
                           const catalog::Catalog &catalog) {
  return {{"v", 1},
          {"record", manifest.record.text()},
          {"org", document.org.text()},
          {"period", document.period.text()},
          {"title", document.title()},
          {"version", manifest.version},
          {"text", manifest.text},
          {"paper", manifest.paper},
          {"catalog", catalog.hash},
          {"chain", json::object{{"name", manifest.chain},
                                 {"seq", manifest.head.seq},
                                 {"hash", crypto::hex(manifest.head.hash)}}},
          {"figures", manifest_figures(document, catalog)}};
}

} // namespace yifa::service
