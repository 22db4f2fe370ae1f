#include "todo_api/todo_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/json.h"
#include "todo_api/database.h"

namespace mcph::todo_api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TodoStoreTest : public ::testing::Test {
 protected:
  static json::array items(const Result<std::string>& list) {
    EXPECT_TRUE(list.ok());
    return list.ok() ? json::parse(*list).as_array() : json::array{};
  }
  static std::vector<std::string> texts(const Result<std::string>& list) {
    const json::array all = items(list);
    std::vector<std::string> found;
    for (const auto& item : all) found.emplace_back(view(item.at("text").as_string()));
    return found;
  }
  static std::string id_of(const Result<std::string>& list, std::string_view text) {
    const json::array all = items(list);
    for (const auto& item : all) {
      if (view(item.at("text").as_string()) == text) {
        return std::string(view(item.at("id").as_string()));
      }
    }
    return {};
  }

  Database database_;
  std::unique_ptr<TodoStore> store_ = database_.make_store();
};

TEST_F(TodoStoreTest, BeginsWithAnEmptyList) {
  EXPECT_EQ(*store_->load("alice"), "[]");
}

TEST_F(TodoStoreTest, KeepsOpenOnesFirstAndThenTheOrderOfCreation) {
  for (const auto* text : {"one", "two", "three"}) ASSERT_TRUE(store_->add("alice", text).ok());
  const auto list = store_->load("alice");
  EXPECT_THAT(texts(list), ElementsAre("one", "two", "three"));
  EXPECT_THAT(texts(store_->set_completed("alice", id_of(list, "one"), true)),
              ElementsAre("two", "three", "one"));
  EXPECT_THAT(texts(store_->set_completed("alice", id_of(list, "two"), true)),
              ElementsAre("three", "one", "two"));
  EXPECT_THAT(texts(store_->set_completed("alice", id_of(list, "one"), false)),
              ElementsAre("one", "three", "two"));
  EXPECT_THAT(texts(store_->remove("alice", id_of(list, "three"))), ElementsAre("one", "two"));
}

TEST_F(TodoStoreTest, KeepsEachPersonsListApart) {
  const auto list = store_->add("alice", "hers");
  const std::string id = id_of(list, "hers");
  EXPECT_THAT(texts(store_->load("bob")), IsEmpty());
  EXPECT_EQ(store_->set_completed("bob", id, true).error().code, Code::kNotFound);
  EXPECT_EQ(store_->remove("bob", id).error().code, Code::kNotFound);
  EXPECT_THAT(texts(store_->load("alice")), ElementsAre("hers"));
}

TEST_F(TodoStoreTest, SaysWhenThereIsNoSuchItem) {
  EXPECT_EQ(store_->set_completed("alice", "'; DROP TABLE todo.item; --", true).error().code,
            Code::kNotFound);
  EXPECT_EQ(store_->remove("alice", "none").error().code, Code::kNotFound);
}

TEST_F(TodoStoreTest, ReturnsAnyTextAsItWas) {
  const std::string odd = "\"quotes\" \\ \xc3\xa9 \xf0\x9f\x8e\x89 \n </script>";
  EXPECT_THAT(texts(store_->add("alice", odd)), ElementsAre(odd));
}

TEST_F(TodoStoreTest, StopsAtItsLimit) {
  database_.sql(
      "INSERT INTO todo.item (subject, text) SELECT 'alice', 'x' FROM generate_series(1, " +
      std::to_string(kTodosMax) + ")");
  EXPECT_EQ(store_->add("alice", "one more").error().code, Code::kLimit);
  EXPECT_TRUE(store_->add("bob", "his first").ok());
}

TEST_F(TodoStoreTest, LosesNothingUnderConcurrentEdits) {
  constexpr int kThreads = 8;
  constexpr int kEach = 25;
  const std::string shared = id_of(store_->add("alice", "shared"), "shared");
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        EXPECT_TRUE(store_->add("alice", std::to_string(t) + "/" + std::to_string(i)).ok());
        EXPECT_TRUE(store_->set_completed("alice", shared, i % 2 == 0).ok());
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(texts(store_->load("alice")).size(), 1u + kThreads * kEach);
}

TEST_F(TodoStoreTest, IsMadeByTwoServicesAtOnce) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { EXPECT_NE(database_.make_store(), nullptr); });
  }
  for (auto& thread : threads) thread.join();
}

TEST_F(TodoStoreTest, RecoversAfterTheDatabaseRestarted) {
  ASSERT_TRUE(store_->add("alice", "before").ok());
  database_.stop();
  Database::start();
  const auto first = store_->load("alice");
  EXPECT_TRUE(first.ok() || first.error().code == Code::kUnavailable);
  EXPECT_THAT(texts(store_->load("alice")), ElementsAre("before"));
}

}  // namespace
}  // namespace mcph::todo_api
