#include "tresse/world/catalogue.hpp"

namespace tresse::world {
namespace {

template <class List>
int index_by_id(const List& list, std::string_view id) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].id == id) return static_cast<int>(i);
    return -1;
}

int index_of(const std::vector<std::string>& list, std::string_view id) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i] == id) return static_cast<int>(i);
    return -1;
}

}  // namespace

const std::string& Place::name(Lang lang) const {
    const std::string& official = region == 0 ? name_nl : name_fr;
    const std::string* wanted = &official;
    if (lang == Lang::fr) wanted = &name_fr;
    if (lang == Lang::nl) wanted = &name_nl;
    if (lang == Lang::de) wanted = &name_de;
    return wanted->empty() ? official : *wanted;
}

int Catalogue::condition(std::string_view id) const { return index_by_id(conditions, id); }
int Catalogue::role(std::string_view id) const { return index_by_id(roles, id); }
int Catalogue::service(std::string_view id) const { return index_by_id(services, id); }
int Catalogue::kind(std::string_view id) const { return index_by_id(kinds, id); }
int Catalogue::account(std::string_view id) const { return index_by_id(accounts, id); }
int Catalogue::cause(std::string_view id) const { return index_by_id(causes, id); }
int Catalogue::rule(std::string_view id) const { return index_of(rules, id); }
int Catalogue::mechanism(std::string_view id) const { return index_of(mechanisms, id); }

}  // namespace tresse::world
