#pragma once

#include "base/result.h"
#include "http/message.h"

#include <map>
#include <string>
#include <vector>

namespace yifa::http {

class Call;
class Desk;

/// A query parameter as the specification tells it.
struct Parameter {
  std::string name;
  std::string what;
  std::string type = "string"; ///< string, integer, boolean
  bool required = false;
  bool many = false;
};

/// One operation of the interface: what it is called, who may call it, what goes in and comes out.
/// The specification (openapi.h) is made of these, so nothing is served that it does not tell.
struct Route {
  enum class Access {
    Anyone,   ///< no session is looked at
    SignedIn, ///< 401 without one
    OrFresh,  ///< the same, once anybody has an account: before that the wizard reads it
  };
  enum class Body { None, Json, File };

  Method method = Method::Get;
  std::string path; ///< "/api/v1/records/{id}"
  std::string id;   ///< operationId
  std::string summary;
  Access access = Access::SignedIn;
  bool at_home = false;         ///< accounts and sessions: the same in the training room
  bool before_password = false; ///< also for one who must first choose a password
  std::vector<Parameter> parameters;
  Body body = Body::None;
  /// Asked before the body of somebody not signed in is read: an error is the answer, and the body
  /// is not read. May be empty.
  std::function<Status(Desk &, const Head &)> door;
  std::int64_t most = 0; ///< bytes of a body; 0: as many as of any of its kind
  std::string takes;     ///< schema of a JSON body, a name in components/schemas
  std::string gives;     ///< schema of the answer; empty: none or not JSON
  int status = 200;      ///< of success
  int also = 0;          ///< another status of success: nothing new was written
  bool keyed = false;    ///< reads Idempotency-Key
  std::string media;     ///< of answers that are not JSON; several with ", " between them
  std::function<Result<Response>(Call &)> act;

  Route &with(Parameter parameter) {
    parameters.push_back(std::move(parameter));
    return *this;
  }
};

/// All routes, found by method and path.
class Router {
public:
  Route &add(Method method, std::string path, std::string id, std::string summary,
             std::function<Result<Response>(Call &)> act);

  struct Found {
    const Route *route = nullptr;      ///< null: no such path, or not with this method
    std::vector<std::string> captured; ///< what stood for {…}, in order
    std::vector<std::string> allowed;  ///< methods of the path when the method does not fit
  };
  Found find(Method method, std::string_view path) const;
  const std::vector<std::unique_ptr<Route>> &all() const { return routes_; }
  /// All routes from the `first` on are about accounts (Route::at_home).
  void keep_at_home(std::size_t first) {
    for (auto at = first; at < routes_.size(); ++at) routes_[at]->at_home = true;
  }

private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> any;
    std::map<Method, const Route *> routes;
  };
  static const Node *walk(const Node &node, const std::vector<std::string> &segments,
                          std::size_t at, std::vector<std::string> &captured);

  std::vector<std::unique_ptr<Route>> routes_;
  Node root_;
};

} // namespace yifa::http
