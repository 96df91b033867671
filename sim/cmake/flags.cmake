# Compiler settings that hold for every file. No file may add instruction flags of its own: a function compiled twice
# with different flags is merged by the linker and then fails on older processors.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "RelWithDebInfo or Release" FORCE)
endif()
# A month is simulated millions of times, in tests too: nothing is built below -O2.
set(CMAKE_CXX_FLAGS_DEBUG "-O2 -g")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

# The same bits on every machine: a multiplication and an addition are never fused.
add_compile_options(-ffp-contract=off)
# Messages, checks and ccache do not depend on where the tree stands.
add_compile_options("-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")

# -Wconversion and -Wsign-conversion stay off: with packed 8 and 16 bit columns nearly every line would need a cast,
# and casts hide what the warnings look for. -Wfloat-conversion keeps the dangerous part.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wfloat-conversion -Wold-style-cast -Wcast-qual
  -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2 -Wunused -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wduplicated-cond -Wlogical-op -Wsuggest-override -Wextra-semi)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict) # false alarms of GCC 12 at -O3 where strings are joined (its bug 105651)
  endif()
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # -Wdeprecated-declarations: what std::stable_sort of libstdc++ calls inside itself; GCC keeps the warning for us.
  add_compile_options(-Wsuggest-override -Wunreachable-code-break -Wno-deprecated-declarations)
endif()

add_compile_definitions(BOOST_ALLOW_DEPRECATED_HEADERS) # Boost's own headers still include them, and say so each time

if(TRESSE_CHECKS)
  add_compile_definitions(TRESSE_COSTLY_CHECKS=1 _GLIBCXX_ASSERTIONS)
endif()
if(TRESSE_SANITIZE)
  add_compile_options(-fsanitize=${TRESSE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-maybe-uninitialized) # false alarms in the standard library under instrumentation
  endif()
  add_link_options(-fsanitize=${TRESSE_SANITIZE})
endif()
if(TRESSE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "TRESSE_FUZZ needs clang: use cmake --preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
add_link_options(-Wl,--as-needed)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
find_program(CCACHE_PROGRAM ccache)
mark_as_advanced(CCACHE_PROGRAM)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()
