# Writes a source that holds the files of the built web application as bytes of the program.
#   cmake -DFOLDER=build/web/app -DOUTPUT=x.cpp -P embed_web.cmake
file(GLOB_RECURSE files RELATIVE "${FOLDER}" "${FOLDER}/*")
list(SORT files)
set(symbols "")
set(table "")
set(number 0)
set(stamp "")
foreach(file ${files})
  file(SHA256 "${FOLDER}/${file}" hash)
  string(APPEND stamp "// ${file} ${hash}\n")
  string(APPEND symbols "asm(\".section .rodata\\nweb_${number}:\\n.incbin \\\"${FOLDER}/${file}\\\"\\nweb_${number}_end:\\n.previous\");\nextern \"C\" const char web_${number}[] asm(\"web_${number}\");\nextern \"C\" const char web_${number}_end[] asm(\"web_${number}_end\");\n")
  string(APPEND table "      {\"${file}\", {web_${number}, static_cast<std::size_t>(web_${number}_end - web_${number})}},\n")
  math(EXPR number "${number} + 1")
endforeach()
# The hashes make the compiler cache see a changed file.
file(WRITE "${OUTPUT}.new" "${stamp}#include \"http/web_files.h\"\n\n${symbols}\nnamespace yifa::http {\n\nconst std::vector<WebFile> &web_files() {\n  static const std::vector<WebFile> files = {\n${table}  };\n  return files;\n}\n\n} // namespace yifa::http\n")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
