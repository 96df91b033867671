#include "crew.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <exception>
#include <map>
#include <set>
#include <thread>

#include <boost/mpi/communicator.hpp>
#include <boost/serialization/string.hpp>

namespace tresse::mpi {

namespace {

namespace bm = boost::mpi;
using Clock = std::chrono::steady_clock;

enum Tag { new_design, do_future, go_home, pieces, failed };

/// A rank that has not answered for so long is given up; its future goes to another. Twenty times the longest future of this stage, or
/// `first_patience` as long as none is finished: making the people of a large area takes a while.
constexpr double first_patience = 900, least_patience = 30, times_longest = 20;
constexpr int most_tries = 3;

double since(Clock::time_point then) {
    return std::chrono::duration<double>(Clock::now() - then).count();
}

struct Busy {
    int future = 0;
    Clock::time_point began;
};

}  // namespace

struct Ranks::Inside {
    bm::communicator world;
    std::map<int, std::string> design_of;  ///< by rank: what it knows
    std::set<int> lost;
    double longest = 0;
    bool dismissed = false;

    double patience() const { return longest > 0 ? std::max(least_patience, times_longest * longest) : first_patience; }

    void give(int rank, const std::string& design, int future, std::map<int, Busy>& busy) {
        if (design_of[rank] != design) {
            world.send(rank, new_design, design);
            design_of[rank] = design;
        }
        world.send(rank, do_future, future);
        busy[rank] = {future, Clock::now()};
    }
};

Ranks::Ranks() : inside_(std::make_unique<Inside>()) {}
Ranks::~Ranks() = default;

bool Ranks::is_first() const {
    return inside_->world.rank() == 0;
}

int Ranks::size() const {
    return inside_->world.size();
}

bool Ranks::lost_any() const {
    return !inside_->lost.empty();
}

std::vector<int> Ranks::run(const std::string& design, const std::vector<int>& futures, app::StudyKeeper& keeper) {
    std::deque<int> todo(futures.begin(), futures.end());
    std::map<int, int> tries;
    std::map<int, Busy> busy;
    std::vector<int> given_up;
    bm::communicator& world = inside_->world;
    inside_->longest = 0;
    const auto again = [&](int future) {
        if (++tries[future] >= most_tries)
            given_up.push_back(future);
        else
            todo.push_front(future);
    };
    for (;;) {
        for (int rank = 1; rank < world.size() && !todo.empty() && !keeper.stop_asked(); ++rank)
            if (!busy.contains(rank) && !inside_->lost.contains(rank)) {
                inside_->give(rank, design, todo.front(), busy);
                todo.pop_front();
            }
        if (busy.empty())
            break;
        const auto message = world.iprobe(bm::any_source, bm::any_tag);
        if (!message) {
            for (auto one = busy.begin(); one != busy.end();) {
                if (since(one->second.began) < inside_->patience()) {
                    ++one;
                    continue;
                }
                inside_->lost.insert(one->first);
                again(one->second.future);
                one = busy.erase(one);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            continue;
        }
        std::string bytes;
        world.recv(message->source(), message->tag(), bytes);
        const auto done = busy.find(message->source());
        if (done == busy.end()) {
            if (message->tag() == pieces)
                inside_->lost.erase(message->source());  // slow, not dead; its future runs elsewhere already
            continue;
        }
        inside_->longest = std::max(inside_->longest, since(done->second.began));
        const int future = done->second.future;
        busy.erase(done);
        if (message->tag() == pieces) {
            keeper.keep(bytes);
        } else {
            inside_->lost.insert(message->source());  // it said that it could not; another may
            again(future);
        }
    }
    given_up.insert(given_up.end(), todo.begin(), todo.end());
    return given_up;
}

void Ranks::work(const std::string& study, const app::Options& options, app::Session& session) {
    bm::communicator& world = inside_->world;
    std::unique_ptr<app::StudyWorker> worker;
    std::string design;
    for (;;) {
        // waits without burning a processor that another rank could use
        auto message = world.iprobe(0, bm::any_tag);
        while (!message) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            message = world.iprobe(0, bm::any_tag);
        }
        if (message->tag() == new_design) {
            world.recv(0, new_design, design);
            continue;
        }
        int future = 0;
        world.recv(0, message->tag(), future);
        if (message->tag() == go_home)
            return;
        try {
            if (!worker)
                worker = std::make_unique<app::StudyWorker>(study, options, session);
            world.send(0, pieces, worker->perform(design, future));
        } catch (const std::exception& error) {
            // the first rank gives the future to another and this rank no more work
            world.send(0, failed, std::string(error.what()));
        }
    }
}

void Ranks::dismiss() {
    if (inside_->dismissed || !is_first())
        return;
    inside_->dismissed = true;
    for (int rank = 1; rank < inside_->world.size(); ++rank)
        if (!inside_->lost.contains(rank))
            inside_->world.send(rank, go_home, 0);
}

}  // namespace tresse::mpi
