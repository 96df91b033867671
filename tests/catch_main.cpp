// Catch2's main function, compiled once and linked into every test program. With Catch2 3 the library brings it.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
