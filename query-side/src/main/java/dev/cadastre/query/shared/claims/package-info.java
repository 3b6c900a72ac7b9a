/** Which of several processes does the work that need be done once only: the port. */
@NullMarked
package dev.cadastre.query.shared.claims;

import org.jspecify.annotations.NullMarked;
