/** What a view offers so that its answer can be kept up to date for a client. */
@NullMarked
package dev.cadastre.query.shared.live;

import org.jspecify.annotations.NullMarked;
