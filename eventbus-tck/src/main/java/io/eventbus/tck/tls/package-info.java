/** Certificates for tests of what a transport believes, made while they run. */
@NullMarked
package io.eventbus.tck.tls;

import org.jspecify.annotations.NullMarked;
