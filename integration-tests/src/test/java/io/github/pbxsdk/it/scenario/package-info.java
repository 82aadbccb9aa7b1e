/**
 * One suite of scenarios, on the fakes and on the real servers: start at {@link
 * io.github.pbxsdk.it.scenario.ScenarioIT}.
 */
@NullMarked
package io.github.pbxsdk.it.scenario;

import org.jspecify.annotations.NullMarked;
