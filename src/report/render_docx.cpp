#include "report/render_docx.h"

#include "ooxml/docx.h"

namespace yifa::report {

namespace {

ooxml::Role heading_role(int level) {
  switch (level) {
  case 1:
    return ooxml::Role::Heading1;
  case 2:
    return ooxml::Role::Heading2;
  default:
    return ooxml::Role::Heading3;
  }
}

} // namespace

Result<std::string> render_docx(const Draft &draft) {
  const auto &document = draft.document;
  ooxml::Document out;
  out.subject = document.title();
  out.author = document.issuer;
  // The file's only day: the date of the paper, else the last day counted.
  out.created = document.date.value_or(document.cutoff.value_or(document.period.last()));
  out.page_note = document.page_note;
  if (!document.document_number.empty() || !document.signer.empty()) {
    ooxml::RedHead head;
    head.issuers = {document.issuer};
    head.number = document.document_number;
    head.signer = document.signer;
    out.head = std::move(head);
  }
  for (const auto &block : document.blocks) {
    const auto text = block.text();
    switch (block.kind) {
    case Block::Kind::Title:
      out.title = ooxml::break_title(text);
      break;
    case Block::Kind::Addressee: {
      constexpr std::string_view colon = "：";
      out.addressee = text.ends_with(colon) ? text.substr(0, text.size() - colon.size()) : text;
      break;
    }
    case Block::Kind::Heading:
      out.body.emplace_back(ooxml::paragraph(heading_role(block.level), text));
      break;
    case Block::Kind::Paragraph:
    case Block::Kind::Point:
      out.body.emplace_back(ooxml::paragraph(ooxml::Role::Body, text));
      break;
    case Block::Kind::Signature:
      out.signature.organs = {text};
      out.signature.date = document.date;
      out.signature.sealed = true;
      break;
    case Block::Kind::Date:
      break; // set by the signature
    case Block::Kind::Missing:
      if (block.required) out.body.emplace_back(ooxml::paragraph(ooxml::Role::Body, text));
      break;
    }
  }
  return ooxml::write_docx(out);
}

} // namespace yifa::report
