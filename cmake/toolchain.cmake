# Warnings, linker and sanitizers: one place for the whole house.
add_library(yifa_flags INTERFACE)
target_compile_options(yifa_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                       -Wnon-virtual-dtor -Woverloaded-virtual)
# GCC 12 reports maybe-uninitialized members of std::variant and std::optional that are never read.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(yifa_flags INTERFACE -Wno-maybe-uninitialized)
  # In a unity build every source is an included file, so its anonymous namespaces look like those of a header.
  if(CMAKE_UNITY_BUILD)
    target_compile_options(yifa_flags INTERFACE -Wno-subobject-linkage)
  endif()
  # g++ 12's inter-procedural mod/ref analysis drops stores to the arguments that fmt::format reads: at -O1 a month was
  # printed as "11438-09". base_test fails without this switch.
  if(NOT YIFA_TIDY) # clang-tidy reads the commands and knows no such switch
    add_compile_options(-fno-ipa-modref)
  endif()
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(yifa_flags INTERFACE -fstack-protector-strong -fno-plt)
  target_compile_definitions(yifa_flags INTERFACE _FORTIFY_SOURCE=2)
endif()

find_program(YIFA_CCACHE ccache)
if(YIFA_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${YIFA_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${YIFA_CCACHE}")
endif()
find_program(YIFA_MOLD mold)
if(YIFA_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(YIFA_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(YIFA_SANITIZE_THREAD)
  add_compile_options(-fsanitize=thread -Wno-tsan) # Asio uses fences, which it cannot see
  add_link_options(-fsanitize=thread)
endif()
if(YIFA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined)
  add_link_options(-fsanitize=address,undefined)
endif()
if(YIFA_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
