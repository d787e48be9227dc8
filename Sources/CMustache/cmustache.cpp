#include "cmustache.h"

#include <cstdlib>
#include <cstring>
#include <kainjow/mustache.hpp>
#include <memory>
#include <string>

using kainjow::mustache::data;

/* No exception leaves this file. A value that there was no memory for is NULL; what lacks a part becomes invalid, and rendering it
   gives NULL: a report is whole or not there. */

template <typename Make>
static void *made(Make make) noexcept {
  try {
    return make();
  } catch (...) {
    return nullptr;
  }
}

template <typename Put>
static void put(void *into, void *value, Put put_in) noexcept {
  const std::unique_ptr<data> part(static_cast<data *>(value));
  const auto whole = static_cast<data *>(into);
  if (whole == nullptr) return;
  try {
    if (part != nullptr && !part->is_invalid()) return put_in(*whole, *part);
  } catch (...) {
  }
  *whole = data(data::type::invalid);
}

void *backstamp_value_text(const char *bytes, size_t count) {
  return made([=] { return new data(std::string(bytes, count)); });
}

void *backstamp_value_flag(int flag) {
  return made([=] { return new data(flag ? data::type::bool_true : data::type::bool_false); });
}

void *backstamp_value_list(void) {
  return made([] { return new data(data::type::list); });
}

void *backstamp_value_object(void) {
  return made([] { return new data(data::type::object); });
}

void backstamp_value_append(void *list, void *value) {
  put(list, value, [](data &whole, const data &part) { whole.push_back(part); });
}

void backstamp_value_set(void *object, const char *name, void *value) {
  put(object, value, [=](data &whole, const data &part) { whole.set(name, part); });
}

static char *rendered(const char *text, size_t count, const data &whole, size_t *length, int *failed) {
  kainjow::mustache::mustache parsed(std::string(text, count));
  *failed = parsed.is_valid() ? 0 : 1;
  const std::string result = parsed.is_valid() ? parsed.render(whole) : parsed.error_message();
  char *copy = static_cast<char *>(std::malloc(result.size() + 1));
  if (copy == nullptr) return nullptr;
  std::memcpy(copy, result.data(), result.size());
  copy[result.size()] = 0;
  *length = result.size();
  return copy;
}

char *backstamp_template_render(const char *text, size_t count, void *value, size_t *length, int *failed) {
  const std::unique_ptr<data> whole(static_cast<data *>(value));
  *length = 0;
  *failed = 1;
  if (whole == nullptr || whole->is_invalid()) return nullptr;
  return static_cast<char *>(made([&] { return rendered(text, count, *whole, length, failed); }));
}

void backstamp_text_free(char *text) { std::free(text); }
