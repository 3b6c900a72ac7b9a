/** The history of one thing, fact by fact, with what each fact changed. */
@NullMarked
package dev.cadastre.query.timeline.model;

import org.jspecify.annotations.NullMarked;
