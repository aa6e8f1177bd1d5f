// The emoji that people and apps use most, by Slack's short names. An unknown name stays `:name:`.
const TABLE = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck 🤩 yum 😋
relieved 😌 relaxed ☺️ sunglasses 😎 nerd_face 🤓 thinking_face 🤔 face_with_raised_eyebrow 🤨 neutral_face 😐
hugging_face 🤗 smiling_face_with_3_hearts 🥰 partying_face 🥳 pleading_face 🥺 saluting_face 🫡 melting_face 🫠
expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 sleeping 😴 sleepy 😪
disappointed 😞 worried 😟 confused 😕 slightly_frowning_face 🙁 cry 😢 sob 😭 triumph 😤 angry 😠 rage 😡
scream 😱 fearful 😨 cold_sweat 😰 sweat 😓 tired_face 😫 weary 😩 exploding_head 🤯 robot_face 🤖 ghost 👻 skull 💀
wave 👋 raised_hands 🙌 clap 👏 handshake 🤝 pray 🙏 muscle 💪 thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 ok_hand 👌
v ✌️ crossed_fingers 🤞 point_up ☝️ point_right 👉 point_left 👈 point_down 👇 raised_hand ✋ hand ✋ fist ✊
writing_hand ✍️ heart_hands 🫶 palms_up_together 🤲 open_hands 👐 eyes 👀 eye 👁️ brain 🧠 ear 👂 speech_balloon 💬
thought_balloon 💭 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 sparkling_heart 💖
two_hearts 💕 broken_heart 💔 100 💯 boom 💥 fire 🔥 sparkles ✨ star ⭐ star2 🌟 dizzy 💫 zap ⚡ rainbow 🌈 sunny ☀️
sunrise 🌅 partly_sunny ⛅ cloud ☁️ umbrella ☔ snowflake ❄️ crescent_moon 🌙 earth_africa 🌍 ocean 🌊 seedling 🌱
herb 🌿 four_leaf_clover 🍀 sunflower 🌻 tulip 🌷 rose 🌹 cherry_blossom 🌸 bouquet 💐 evergreen_tree 🌲 maple_leaf 🍁
dog 🐶 cat 🐱 bear 🐻 owl 🦉 butterfly 🦋 bug 🐛 turtle 🐢 penguin 🐧 unicorn_face 🦄 bee 🐝 whale 🐳
coffee ☕ tea 🍵 cake 🍰 birthday 🎂 cookie 🍪 pizza 🍕 beers 🍻 clinking_glasses 🥂 apple 🍎 popcorn 🍿 doughnut 🍩
tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 first_place_medal 🥇 medal 🏅 dart 🎯 game_die 🎲 jigsaw 🧩
rocket 🚀 airplane ✈️ car 🚗 ship 🚢 anchor ⚓ house 🏠 office 🏢 hospital 🏥 factory 🏭 palm_tree 🌴 beach_with_umbrella 🏖️
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ heavy_multiplication_x ✖️ warning ⚠️ no_entry ⛔
no_entry_sign 🚫 octagonal_sign 🛑 question ❓ exclamation ❗ bangbang ‼️ information_source ℹ️ rotating_light 🚨 sos 🆘
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪
black_circle ⚫ large_purple_circle 🟣 new 🆕 ok 🆗 up 🆙 heavy_plus_sign ➕ heavy_minus_sign ➖ arrow_right ➡️ arrow_left ⬅️
arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️
arrows_counterclockwise 🔄 repeat 🔁 fast_forward ⏩ double_vertical_bar ⏸️ arrow_forward ▶️ small_blue_diamond 🔹
small_orange_diamond 🔸 black_small_square ▪️ white_medium_square ◻️ link 🔗 mag 🔍 lock 🔒 unlock 🔓 key 🔑 bulb 💡
hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ nut_and_bolt 🔩 toolbox 🧰 broom 🧹 test_tube 🧪 microscope 🔬 shield 🛡️
bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️
clock1 🕐 clock3 🕒 clock9 🕘 watch ⌚ zzz 💤 calendar 📅 date 📅 spiral_calendar_pad 🗓️ memo 📝 pencil 📝 pencil2 ✏️
pushpin 📌 round_pushpin 📍 paperclip 📎 clipboard 📋 page_facing_up 📄 file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️
bookmark 🔖 books 📚 book 📖 ledger 📒 newspaper 📰 scroll 📜 label 🏷️ ticket 🎫 inbox_tray 📥 outbox_tray 📤 package 📦
email 📧 envelope ✉️ incoming_envelope 📨 mailbox 📫 telephone_receiver 📞 phone ☎️ iphone 📱 computer 💻 desktop_computer 🖥️
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 moneybag 💰 credit_card 💳 receipt 🧾 briefcase 💼
camera 📷 movie_camera 🎥 headphones 🎧 musical_note 🎵 microphone 🎤 art 🎨 wastebasket 🗑️ door 🚪 bed 🛏️ compass 🧭
bust_in_silhouette 👤 busts_in_silhouette 👥 raising_hand 🙋 woman-raising-hand 🙋‍♀️ man-raising-hand 🙋‍♂️ shrug 🤷 facepalm 🤦
man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ technologist 🧑‍💻 woman-bowing 🙇‍♀️ bow 🙇 runner 🏃 footprints 👣 people_holding_hands 🧑‍🤝‍🧑
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ white_flag 🏳️ checkered_flag 🏁 triangular_flag_on_post 🚩 recycle ♻️ infinity ♾️
crown 👑 gem 💎 ring 💍 lifebuoy 🛟 ring_buoy 🛟 bridge_at_night 🌉 mountain ⛰️ volcano 🌋 ladder 🪜 mirror 🪞 magnet 🧲
thermometer 🌡️ pill 💊 stethoscope 🩺 adhesive_bandage 🩹 scales ⚖️ balance_scale ⚖️ speaking_head_in_silhouette 🗣️ sleuth_or_spy 🕵️
`;

const words = TABLE.trim().split(/\s+/);
const CHARACTERS = new Map();
for (let i = 0; i < words.length; i += 2) CHARACTERS.set(words[i], words[i + 1]);

/** What the small picker offers, most useful here first. */
export const PICKER = [
  "eyes", "white_check_mark", "raised_hands", "heart", "+1", "tada", "pray", "clap", "fire", "100", "rocket", "sparkles",
  "smile", "joy", "slightly_smiling_face", "thinking_face", "worried", "cry", "muscle", "handshake", "wave", "bulb",
  "star", "sunflower", "coffee", "hourglass_flowing_sand", "warning", "question", "x", "sos",
];

/** The character of a short name (skin tones dropped), or `:name:` if it is not in the table. */
export function emoji(name) {
  const base = String(name).split("::")[0];
  return CHARACTERS.get(base) ?? `:${base}:`;
}

export const knowsEmoji = (name) => CHARACTERS.has(String(name).split("::")[0]);

/** Plain text with its `:names:` shown as characters. */
export const withEmoji = (text) =>
  String(text ?? "").replace(/:([a-z0-9_+-]+):/g, (whole, name) => CHARACTERS.get(name) ?? whole);

/** Short names that begin with, then those that contain, the given letters. */
export function emojiMatching(letters, most = 8) {
  const names = [...CHARACTERS.keys()];
  const first = names.filter((name) => name.startsWith(letters));
  const then = names.filter((name) => !name.startsWith(letters) && name.includes(letters));
  return [...first, ...then].slice(0, most);
}
