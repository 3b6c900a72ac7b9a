/** The facts of one stream: what was recorded, what was taken back, and what counts when. */
@NullMarked
package dev.cadastre.query.shared.facts;

import org.jspecify.annotations.NullMarked;
