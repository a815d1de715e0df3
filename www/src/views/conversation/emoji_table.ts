/* The emoji offered while writing: a small choice of what people use, in the order of a keyboard.
 * Any other can be typed. */

export type EmojiGroup = 'faces' | 'gestures' | 'nature' | 'food' | 'life' | 'signs';

function list(text: string): readonly string[] {
  return text.split(/\s+/);
}

export const EMOJI: Record<EmojiGroup, readonly string[]> = {
  faces:
    list(`😀 😃 😄 😁 😆 😅 🤣 😂 🙂 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 🫡 🤐 😐 😑 😶 😏 😒 🙄 😬 😌 😔 😪
    😴 😷 🤒 🤕 🤢 🤮 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😲 😳 🥺 🥹 😨 😰 😥 😢 😭 😱 😖 😞 😓 😩 😫 🥱 😤 😡 🤬 😈 💀 🤡 👻 🤖`),
  gestures:
    list(`👋 🤚 ✋ 👌 🤌 ✌️ 🤞 🫰 🤟 🤙 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 🫶 👐 🤝 🙏 ✍️ 💪 🙋 🙆 🙅 🤷 🤦 🙇
    👶 🧒 👦 👧 🧑 👨 👩 🧓 👴 👵 👨‍👩‍👧 👫 💃 🕺 🏃 🚶 🧘 👀 👂 🧠 🫀`),
  nature:
    list(`🐶 🐱 🐭 🐹 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦉 🐴 🦄 🐝 🦋 🐌 🐢 🐍 🐙 🐠 🐬 🐳 🐘 🐉
    🌵 🎄 🌲 🌴 🌱 🍀 🎋 🍁 🍄 🌷 🌹 🌸 🌻 🌞 🌙 ⭐ ✨ ⚡ 🔥 🌈 ☀️ ⛅ 🌧️ ❄️ ☃️ 🌊`),
  food: list(`🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🍍 🥝 🍅 🥑 🌽 🌶️ 🥕 🍠 🍞 🥐 🧀 🥚 🍳 🥓 🍔 🍟 🍕 🌭 🥪 🌮 🥗 🍜 🍝
    🍣 🍱 🥟 🍚 🍙 🍛 🍲 🥮 🍦 🎂 🍰 🍫 🍬 🍿 ☕ 🍵 🧋 🥛 🍺 🍻 🥂 🍷 🥢`),
  life: list(`⚽ 🏀 🏓 🏸 🎾 🏊 🚴 🏆 🎮 🎲 🀄 🎯 🎨 🎬 🎤 🎧 🎹 🎸 🎻 🚗 🚕 🚌 🚄 🚇 ✈️ 🚀 🚲 🛵 🏠 🏢 🏫 🏥 🏯 🗼 🌉 ⛰️ 🏖️ 🏕️
    ⏰ 📱 💻 📷 💡 📚 📖 ✏️ 📎 📅 📌 🔑 🔒 🧧 🎁 🎈 🎉 🎊 🏮 🧨 💰 💊 🛒`),
  signs: list(
    `❤️ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💔 ❣️ 💕 💞 💓 💗 💖 💘 💝 💯 💢 💥 💫 💦 💤 ✅ ❌ ❓ ❗ ⭕ 🚫 ⚠️ ♻️ 🆗 🆒 🔴 🟢 🔵 ➕ ➖ 🎵`,
  ),
};
