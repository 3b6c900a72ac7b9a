/** How lists are asked for: parameters, sorting, pages and their cursors. */
@NullMarked
package dev.cadastre.query.shared.list;

import org.jspecify.annotations.NullMarked;
