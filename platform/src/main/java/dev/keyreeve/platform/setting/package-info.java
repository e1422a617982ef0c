/// What can be set from outside: what a setting is, how its text is read, and what the settings of
/// one part come to together.
///
/// Start with [dev.keyreeve.platform.setting.SettingGroup], which each part declares its own as.
@NullMarked
package dev.keyreeve.platform.setting;

import org.jspecify.annotations.NullMarked;
