/** The current register as other programs read it. */
@NullMarked
package dev.cadastre.query.versions;

import org.jspecify.annotations.NullMarked;
