/** Keeps what is current of each asset and CI where other programs can read it. */
@NullMarked
package dev.cadastre.query.register.current;

import org.jspecify.annotations.NullMarked;
