/** Spring wiring of the query side. */
@NullMarked
package dev.cadastre.query.config;

import org.jspecify.annotations.NullMarked;
