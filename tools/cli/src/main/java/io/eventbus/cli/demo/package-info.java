/** The demos: each class is one, and reads as an example of the public API. */
@NullMarked
package io.eventbus.cli.demo;

import org.jspecify.annotations.NullMarked;
