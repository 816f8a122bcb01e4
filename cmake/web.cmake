# What npm brings: the web application inside the binary, and the list of leaked passwords. build/web is shared by all presets.
find_program(YIFA_NPM npm)
if(NOT YIFA_NPM)
  message(FATAL_ERROR "npm is needed to build the web application (./run installs it)")
endif()
set(web_output "${PROJECT_SOURCE_DIR}/build/web")
set(web_packages "${PROJECT_SOURCE_DIR}/web/node_modules/.installed")
set(web_stamp "${web_output}/.built")
add_custom_command(
  OUTPUT "${web_packages}"
  COMMAND "${PROJECT_SOURCE_DIR}/tools/web_packages.sh"
  DEPENDS "${PROJECT_SOURCE_DIR}/web/package-lock.json" "${PROJECT_SOURCE_DIR}/tools/web_packages.sh"
  COMMENT "Installing the packages of web/"
  VERBATIM)

file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/web/src/*" "${PROJECT_SOURCE_DIR}/web/public/*")
foreach(file index.html vite.config.ts tsconfig.json)
  list(APPEND web_sources "${PROJECT_SOURCE_DIR}/web/${file}")
endforeach()
add_custom_command(
  OUTPUT "${web_stamp}"
  COMMAND "${PROJECT_SOURCE_DIR}/tools/build_web.sh" "${web_output}"
  DEPENDS ${web_sources} "${web_packages}" "${PROJECT_SOURCE_DIR}/tools/build_web.sh"
  COMMENT "Building the web application"
  VERBATIM)

set(web_source "${CMAKE_CURRENT_BINARY_DIR}/web_files.cpp")
add_custom_command(
  OUTPUT "${web_source}"
  COMMAND "${CMAKE_COMMAND}" "-DFOLDER=${web_output}/app" "-DOUTPUT=${web_source}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_web.cmake"
  DEPENDS "${PROJECT_SOURCE_DIR}/cmake/embed_web.cmake" "${web_stamp}"
  VERBATIM)

set(passwords_source "${CMAKE_CURRENT_BINARY_DIR}/common_list.cpp")
add_custom_command(
  OUTPUT "${passwords_source}"
  COMMAND
    "${CMAKE_COMMAND}" "-DIN=${PROJECT_SOURCE_DIR}/web/node_modules/@zxcvbn-ts/language-common/src/passwords.json"
    "-DOUT=${passwords_source}" -P "${PROJECT_SOURCE_DIR}/cmake/embed_passwords.cmake"
  DEPENDS "${PROJECT_SOURCE_DIR}/cmake/embed_passwords.cmake" "${web_packages}"
  VERBATIM)
