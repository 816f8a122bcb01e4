#include "http/router.h"

#include "base/text.h"

namespace yifa::http {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
  auto out = text::split(std::string(path.substr(1)), '/');
  if (out.size() > 1 && out.back().empty()) out.pop_back(); // "/a/" is "/a"
  return out;
}

} // namespace

Route &Router::add(Method method, std::string path, std::string id, std::string summary,
                   std::function<Result<Response>(Call &)> act) {
  auto route = std::make_unique<Route>();
  route->method = method;
  route->path = std::move(path);
  route->id = std::move(id);
  route->summary = std::move(summary);
  route->act = std::move(act);
  Node *node = &root_;
  for (const auto &segment : segments_of(route->path)) {
    auto &next = segment.starts_with('{') ? node->any : node->fixed[segment];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  node->routes[method] = route.get();
  routes_.push_back(std::move(route));
  return *routes_.back();
}

const Router::Node *Router::walk(const Node &node, const std::vector<std::string> &segments,
                                 std::size_t at, std::vector<std::string> &captured) {
  if (at == segments.size()) return node.routes.empty() ? nullptr : &node;
  if (auto fixed = node.fixed.find(segments[at]); fixed != node.fixed.end())
    if (const auto *found = walk(*fixed->second, segments, at + 1, captured)) return found;
  if (!node.any || segments[at].empty()) return nullptr;
  captured.push_back(segments[at]);
  if (const auto *found = walk(*node.any, segments, at + 1, captured)) return found;
  captured.pop_back();
  return nullptr;
}

Router::Found Router::find(Method method, std::string_view path) const {
  Found found;
  if (path.empty() || path.front() != '/') return found;
  const auto *node = walk(root_, segments_of(path), 0, found.captured);
  if (node == nullptr) return found;
  if (method == Method::Head) method = Method::Get;
  if (auto route = node->routes.find(method); route != node->routes.end()) {
    found.route = route->second;
  } else {
    for (const auto &[allowed, unused] : node->routes)
      found.allowed.emplace_back(to_string(allowed));
  }
  return found;
}

} // namespace yifa::http
