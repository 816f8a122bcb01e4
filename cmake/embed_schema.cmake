# Writes a source that holds docs/schema/api.json as text of the program.
#   cmake -DFILE=docs/schema/api.json -DOUTPUT=x.cpp -P embed_schema.cmake
file(SHA256 "${FILE}" hash)
file(WRITE "${OUTPUT}" "// ${hash}\n#include \"http/openapi.h\"\n\nasm(\".section .rodata\\nyifa_api_schemas:\\n.incbin \\\"${FILE}\\\"\\nyifa_api_schemas_end:\\n.previous\");\nextern \"C\" const char yifa_api_schemas[] asm(\"yifa_api_schemas\");\nextern \"C\" const char yifa_api_schemas_end[] asm(\"yifa_api_schemas_end\");\n\nnamespace yifa::http {\n\nstd::string_view api_schemas() {\n  return {yifa_api_schemas, static_cast<std::size_t>(yifa_api_schemas_end - yifa_api_schemas)};\n}\n\n} // namespace yifa::http\n")
