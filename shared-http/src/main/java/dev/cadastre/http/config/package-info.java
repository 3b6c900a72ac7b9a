/** The wiring of what both sides' HTTP shares. */
@NullMarked
package dev.cadastre.http.config;

import org.jspecify.annotations.NullMarked;
