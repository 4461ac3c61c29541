// Package archive holds the use case of the archive of a year: one ZIP with all papers, figures
// and rows of the year, which is read, and checked, without the product.
//
// What a paper says, what a figure counts and which sales are withheld belongs to packages
// periods and reports: here their answers are put into a file in a fixed order.
package archive
