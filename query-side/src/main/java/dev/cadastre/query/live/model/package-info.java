/** Answers that are kept up to date, and what of them a client has not seen. */
@NullMarked
package dev.cadastre.query.live.model;

import org.jspecify.annotations.NullMarked;
