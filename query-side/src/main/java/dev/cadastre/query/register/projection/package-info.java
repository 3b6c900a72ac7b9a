/** Follows the log commit by commit and keeps the temporal index and the version store up to it. */
@NullMarked
package dev.cadastre.query.register.projection;

import org.jspecify.annotations.NullMarked;
