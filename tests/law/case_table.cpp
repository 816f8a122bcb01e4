#include "case_table.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace yifa::law {
namespace {

[[noreturn]] void fail(const std::string &file, const YAML::Node &node, const std::string &what) {
  throw std::runtime_error(file + ":" + std::to_string(node.Mark().line + 1) + ": " + what);
}

json::value value_of(const YAML::Node &node) {
  if (node.IsNull() || !node.IsDefined()) return nullptr;
  if (node.IsSequence()) {
    json::array many;
    for (const auto &each : node) many.push_back(value_of(each));
    return many;
  }
  if (node.IsMap()) {
    json::object members;
    for (const auto &each : node) members[each.first.as<std::string>()] = value_of(each.second);
    return members;
  }
  const auto text = node.as<std::string>();
  if (text == "true" || text == "false") return text == "true";
  return json::string(text);
}

std::vector<std::string> words(const YAML::Node &node) {
  std::vector<std::string> out;
  if (node && node.IsSequence())
    for (const auto &each : node) out.push_back(each.as<std::string>());
  else if (node)
    out.push_back(node.as<std::string>());
  return out;
}

std::string text_of(const YAML::Node &node, const char *key) {
  return node[key] ? node[key].as<std::string>() : std::string();
}

void known(const std::string &file, const YAML::Node &node, const std::set<std::string> &keys) {
  for (const auto &each : node)
    if (!keys.contains(each.first.as<std::string>()))
      fail(file, each.first, "unknown word \"" + each.first.as<std::string>() + "\"");
}

Step read_step(const std::string &file, const YAML::Node &node, const std::string &ledger) {
  if (!node.IsMap() || !node["do"]) fail(file, node, "a step is {do: …}");
  known(file, node, {"do", "type", "as", "on", "fields", "reason", "exempt", "at", "label"});
  Step step;
  step.action = node["do"].as<std::string>();
  step.type = text_of(node, "type");
  step.as = text_of(node, "as");
  step.on = text_of(node, "on");
  if (step.action == "open") {
    if (step.type.empty()) step.type = ledger;
    if (step.as.empty()) step.as = "main";
  } else if (step.on.empty()) {
    step.on = "main";
  }
  if (node["fields"]) step.fields = value_of(node["fields"]).as_object();
  step.reason = text_of(node, "reason");
  step.at = text_of(node, "at");
  for (const auto &each : node["exempt"])
    step.exempt.emplace_back(each.first.as<std::string>(), each.second.as<std::string>());
  step.label = text_of(node, "label");
  if (step.label.empty()) {
    const auto &who = step.action == "open" ? step.as : step.on;
    step.label = who == "main" ? step.action : who + "." + step.action;
  }
  return step;
}

void overlay(Step &step, const YAML::Node &changes) {
  for (const auto &each : changes) {
    const auto name = each.first.as<std::string>();
    if (each.second.IsNull())
      step.fields.erase(name);
    else
      step.fields[name] = value_of(each.second);
  }
}

Expected read_expected(const std::string &file, const YAML::Node &node) {
  Expected out;
  if (node["then"]) out.outcome = node["then"].as<std::string>();
  static const std::set<std::string> kOutcomes = {"done", "refused", "expected", "invalid"};
  if (!kOutcomes.contains(out.outcome))
    fail(file, node["then"], "then: done, refused, expected or invalid");
  out.gates = words(node["gates"]);
  out.missing = words(node["missing"]);
  out.says = text_of(node, "says");
  out.article = text_of(node, "article");
  out.state = text_of(node, "state");
  for (const auto &each : node["derived"])
    out.fields[each.first.as<std::string>()] = each.second.as<std::string>();
  for (const auto &each : node["limits"]) {
    Expected::Limit limit;
    if (each.second.IsMap()) {
      limit.due = text_of(each.second, "due");
      limit.met = text_of(each.second, "met");
    } else {
      limit.due = each.second.as<std::string>();
    }
    out.limits[each.first.as<std::string>()] = limit;
  }
  return out;
}

using Paths = std::map<std::string, std::vector<Step>>;

Case read_case(const std::string &file, const YAML::Node &node, const Paths &paths,
               const std::string &ledger) {
  known(file, node,
        {"case", "path", "without", "with", "until", "also", "when", "then", "gates", "says",
         "missing", "article", "state", "derived", "limits", "reason", "exempt"});
  Case out;
  out.name = text_of(node, "case");
  out.line = node.Mark().line + 1;
  if (out.name.empty()) fail(file, node, "a case has a name");
  std::vector<Step> steps;
  if (const auto path = text_of(node, "path"); !path.empty()) {
    const auto found = paths.find(path);
    if (found == paths.end()) fail(file, node["path"], "there is no path \"" + path + "\"");
    steps = found->second;
  }
  const auto at = [&](const std::string &label, const YAML::Node &where) {
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const Step &step) { return step.label == label; });
    if (found == steps.end()) fail(file, where, "the path has no step \"" + label + "\"");
    return found;
  };
  for (const auto &each : node["with"])
    overlay(*at(each.first.as<std::string>(), each.first), each.second);
  for (const auto &label : words(node["without"])) steps.erase(at(label, node["without"]));
  if (const auto until = text_of(node, "until"); !until.empty())
    steps.erase(at(until, node["until"]) + 1, steps.end());
  if (const auto when = node["when"]; when && when.IsScalar()) {
    const auto found = at(when.as<std::string>(), when);
    out.judged = *found;
    steps.erase(found, steps.end());
  }
  for (const auto &each : node["also"]) steps.push_back(read_step(file, each, ledger));
  if (const auto when = node["when"]; when && when.IsMap()) {
    if (!when["do"] && when["like"]) fail(file, when, "a step is {do: …}");
    out.judged = read_step(file, when, ledger);
  }
  if (out.judged) {
    if (node["reason"]) out.judged->reason = text_of(node, "reason");
    for (const auto &each : node["exempt"])
      out.judged->exempt.emplace_back(each.first.as<std::string>(), each.second.as<std::string>());
  }
  out.before = std::move(steps);
  out.expected = read_expected(file, node);
  return out;
}

} // namespace

Table read_table(const std::filesystem::path &path) {
  const auto file = path.filename().string();
  YAML::Node root;
  try {
    root = YAML::LoadFile(path.string());
  } catch (const YAML::Exception &error) {
    throw std::runtime_error(file + ": " + error.what());
  }
  known(file, root, {"ledger", "office", "today", "records", "paths", "cases", "note"});
  Table table;
  table.file = file;
  table.ledger = root["ledger"].as<std::string>();
  table.office = root["office"] ? root["office"].as<std::string>() : "370306104";
  table.today = root["today"] ? root["today"].as<std::string>() : "2024-12-31";
  for (const auto &each : root["records"])
    table.records.push_back(read_step(file, each, table.ledger));
  Paths paths;
  for (const auto &each : root["paths"]) {
    auto &path_steps = paths[each.first.as<std::string>()];
    std::set<std::string> labels;
    for (const auto &node : each.second) {
      if (node.IsMap() && node["path"]) { // begins like another path
        for (const auto &step : paths.at(node["path"].as<std::string>())) {
          path_steps.push_back(step);
          labels.insert(step.label);
        }
        continue;
      }
      path_steps.push_back(read_step(file, node, table.ledger));
      if (!labels.insert(path_steps.back().label).second)
        fail(file, node, "two steps are called \"" + path_steps.back().label + "\"; give a label");
    }
  }
  for (const auto &each : root["cases"])
    table.cases.push_back(read_case(file, each, paths, table.ledger));
  return table;
}

} // namespace yifa::law
