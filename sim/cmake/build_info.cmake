# Version, commit and compiler, for the manifest of a run. Only `app` sees them: <tresse/app/build_info.hpp> is
# generated once and never changes; the values stand in one small .cpp, looked at in every build and rewritten only
# when they differ, so that a new commit compiles one file.
if(CMAKE_SCRIPT_MODE_FILE)
  # Second life of this file: run by the target below, in every build.
  set(TRESSE_COMMIT "")
  if(GIT)
    execute_process(COMMAND "${GIT}" rev-parse HEAD WORKING_DIRECTORY "${SOURCE}"
      OUTPUT_VARIABLE TRESSE_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    execute_process(COMMAND "${GIT}" status --porcelain --untracked-files=no WORKING_DIRECTORY "${SOURCE}"
      OUTPUT_VARIABLE changes ERROR_QUIET)
    if(failed)
      set(TRESSE_COMMIT "")
    elseif(changes)
      string(APPEND TRESSE_COMMIT "+changes")
    endif()
  endif()
  if(NOT TRESSE_COMMIT)
    set(TRESSE_COMMIT "unknown")
  endif()
  configure_file("${TEMPLATE}" "${OUTPUT}" @ONLY)
  return()
endif()

find_package(Git QUIET)
set(generated "${PROJECT_BINARY_DIR}/generated/build_info")
configure_file(sim/cmake/build_info.hpp.in "${generated}/tresse/app/build_info.hpp" @ONLY)
set(TRESSE_CATALOGUE_DIR "${PROJECT_BINARY_DIR}/share/locale")
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type_upper)
add_custom_target(tresse_look_at_commit
  COMMAND "${CMAKE_COMMAND}" "-DGIT=${GIT_EXECUTABLE}" "-DSOURCE=${PROJECT_SOURCE_DIR}"
    "-DTEMPLATE=${PROJECT_SOURCE_DIR}/sim/cmake/build_info.cpp.in" "-DOUTPUT=${generated}/build_info.cpp"
    "-DTRESSE_VERSION=${PROJECT_VERSION}" "-DTRESSE_COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    "-DTRESSE_FLAGS=${CMAKE_CXX_FLAGS_${build_type_upper}}" "-DTRESSE_SANITIZE=${TRESSE_SANITIZE}"
    "-DTRESSE_SOURCE_DIR=${PROJECT_SOURCE_DIR}" "-DTRESSE_CATALOGUE_DIR=${TRESSE_CATALOGUE_DIR}"
    -P "${CMAKE_CURRENT_LIST_FILE}"
  BYPRODUCTS "${generated}/build_info.cpp"
  COMMENT "Looking at the commit" VERBATIM)
add_library(tresse_build_info STATIC "${generated}/build_info.cpp")
add_dependencies(tresse_build_info tresse_look_at_commit)
target_include_directories(tresse_build_info PUBLIC "${generated}")
