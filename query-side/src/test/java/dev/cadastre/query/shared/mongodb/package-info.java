/** The claim against real databases. */
@NullMarked
package dev.cadastre.query.shared.mongodb;

import org.jspecify.annotations.NullMarked;
