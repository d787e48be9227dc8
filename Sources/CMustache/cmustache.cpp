#include "cmustache.h"

#include <cstdlib>
#include <cstring>
#include <kainjow/mustache.hpp>
#include <memory>
#include <string>

using kainjow::mustache::data;

static std::unique_ptr<data> taken(void *value) { return std::unique_ptr<data>(static_cast<data *>(value)); }

void *backstamp_value_text(const char *bytes, size_t count) { return new data(std::string(bytes, count)); }
void *backstamp_value_flag(int flag) { return new data(flag ? data::type::bool_true : data::type::bool_false); }
void *backstamp_value_list(void) { return new data(data::type::list); }
void *backstamp_value_object(void) { return new data(data::type::object); }

void backstamp_value_append(void *list, void *value) { static_cast<data *>(list)->push_back(std::move(*taken(value))); }

void backstamp_value_set(void *object, const char *name, void *value) {
  static_cast<data *>(object)->set(name, std::move(*taken(value)));
}

char *backstamp_template_render(const char *text, size_t count, void *value, size_t *length, int *failed) {
  const auto whole = taken(value);
  kainjow::mustache::mustache parsed(std::string(text, count));
  *failed = parsed.is_valid() ? 0 : 1;
  const std::string result = parsed.is_valid() ? parsed.render(*whole) : parsed.error_message();
  char *copy = static_cast<char *>(std::malloc(result.size() + 1));
  if (copy == nullptr) {
    *length = 0;
    return nullptr;
  }
  std::memcpy(copy, result.data(), result.size());
  copy[result.size()] = 0;
  *length = result.size();
  return copy;
}

void backstamp_text_free(char *text) { std::free(text); }
