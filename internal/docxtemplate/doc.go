// Package docxtemplate fills a Word document that an office drew itself: fields written as
// {{name}}, and passages {{#list}} … {{/list}} that are repeated for each row of a list. All
// else of the file, pictures and styles too, stays byte for byte.
//
// A passage is one of three. Its marks stand in one paragraph: the text between them is
// repeated. They stand in rows of one table: the rows from the one to the other are repeated.
// Each stands alone in a paragraph of the same text or cell: what lies between is repeated.
// A field in capitals, {{NAME}}, says its value in capitals. Values are text, never marks.
//
// What the fields are called and what they say belongs to whoever owns the figures.
package docxtemplate
