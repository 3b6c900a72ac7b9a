/** Who calls: tokens, roles and rights. */
@NullMarked
package dev.cadastre.http.access;

import org.jspecify.annotations.NullMarked;
