/** What differs between two bodies of one thing, field by field. */
@NullMarked
package dev.cadastre.query.shared.difference;

import org.jspecify.annotations.NullMarked;
