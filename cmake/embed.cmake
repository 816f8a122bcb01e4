# The catalog inside the binary: catalog/**/*.yaml becomes one generated source, written anew when a file changes.
#
# Included, it gives yifa_embed(<target>); run as a script (-P) it writes the source:
#   cmake -DROOT=<catalog> -DOUT=<file.cpp> -P embed.cmake
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/*.yaml")
  list(SORT files)
  set(out "// Written by cmake/embed.cmake from catalog/. Do not edit.\n#include \"catalog/embedded.h\"\n\n")
  string(APPEND out "namespace yifa::catalog {\n\nconst Sources &embedded_sources() {\n  static const Sources sources = {\n")
  foreach(file IN LISTS files)
    file(READ "${ROOT}/${file}" text)
    if(text MATCHES "[)]yaml\"")
      message(FATAL_ERROR "${file} holds the text )yaml\" and cannot be embedded")
    endif()
    string(APPEND out "      {\"${file}\", R\"yaml(${text})yaml\"},\n")
  endforeach()
  string(APPEND out "  };\n  return sources;\n}\n\n} // namespace yifa::catalog\n")
  file(WRITE "${OUT}" "${out}")
  return()
endif()

set(YIFA_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")
function(yifa_embed target)
  file(GLOB_RECURSE yaml CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/catalog/*.yaml")
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded_catalog.cpp")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${PROJECT_SOURCE_DIR}/catalog" "-DOUT=${out}" -P "${YIFA_EMBED_SCRIPT}"
    DEPENDS ${yaml} "${YIFA_EMBED_SCRIPT}"
    COMMENT "Embedding the catalog"
    VERBATIM)
  target_sources(${target} PRIVATE "${out}")
endfunction()
