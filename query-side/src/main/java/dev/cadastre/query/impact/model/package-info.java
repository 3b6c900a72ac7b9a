/** What a CI depends on, or what depends on it, as of any instant. */
@NullMarked
package dev.cadastre.query.impact.model;

import org.jspecify.annotations.NullMarked;
