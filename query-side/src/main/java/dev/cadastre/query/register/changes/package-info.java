/** What a change set did: to whom it happened, why, and how states differ before and after it. */
@NullMarked
package dev.cadastre.query.register.changes;

import org.jspecify.annotations.NullMarked;
