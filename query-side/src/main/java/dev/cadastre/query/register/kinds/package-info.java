/** The two kinds of entity of the register, with their facets and fields. */
@NullMarked
package dev.cadastre.query.register.kinds;

import org.jspecify.annotations.NullMarked;
