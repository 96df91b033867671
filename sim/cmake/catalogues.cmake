# Message catalogues: sim/core/text/<lang>.po -> <lang>.mo -> one .cpp with all their bytes, compiled into core/text, so
# that the program finds them wherever it is started.
if(CMAKE_SCRIPT_MODE_FILE)
  # Second life of this file: run by the command below when a catalogue changed. CATALOGUES: paths of .mo files.
  set(text "// Made from sim/core/text/*.po when building.\n#include \"${HEADER}\"\n\nnamespace tresse::text {\n\n")
  set(rows "")
  set(count 0)
  string(REPLACE "," ";" CATALOGUES "${CATALOGUES}")
  foreach(catalogue IN LISTS CATALOGUES)
    get_filename_component(language "${catalogue}" NAME_WE)
    file(READ "${catalogue}" bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
    string(APPEND text "static const unsigned char ${language}[] = {\n${bytes}};\n")
    string(APPEND rows "    {\"${language}\", ${language}, sizeof ${language}},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  string(APPEND text "\nconst CatalogueBytes catalogue_bytes[] = {\n${rows}    {\"\", nullptr, 0},\n};\n"
    "const std::size_t catalogue_count = ${count};\n\n}  // namespace tresse::text\n")
  file(WRITE "${OUTPUT}" "${text}")
  return()
endif()

file(GLOB catalogues CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/sim/core/text/*.po")
set(catalogue_folder "${PROJECT_BINARY_DIR}/generated/catalogues")
file(MAKE_DIRECTORY "${catalogue_folder}")
set(compiled "")
foreach(catalogue IN LISTS catalogues)
  get_filename_component(language "${catalogue}" NAME_WE)
  add_custom_command(OUTPUT "${catalogue_folder}/${language}.mo"
    COMMAND "${MSGFMT_PROGRAM}" --check-header --output-file "${catalogue_folder}/${language}.mo" "${catalogue}"
    DEPENDS "${catalogue}" COMMENT "Catalogue ${language}" VERBATIM)
  list(APPEND compiled "${catalogue_folder}/${language}.mo")
endforeach()
list(JOIN compiled "," compiled_list)
add_custom_command(OUTPUT "${catalogue_folder}/catalogue_bytes.cpp"
  COMMAND "${CMAKE_COMMAND}" "-DCATALOGUES=${compiled_list}" "-DOUTPUT=${catalogue_folder}/catalogue_bytes.cpp"
    "-DHEADER=${PROJECT_SOURCE_DIR}/sim/core/text/catalogue_bytes.hpp" -P "${CMAKE_CURRENT_LIST_FILE}"
  DEPENDS ${compiled} "${CMAKE_CURRENT_LIST_FILE}" COMMENT "Catalogues into the program" VERBATIM)
# The room core/text is declared after this file.
cmake_language(DEFER CALL target_sources tresse_core_text PRIVATE "${catalogue_folder}/catalogue_bytes.cpp")
