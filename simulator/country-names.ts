// Names of the made-up country. None is the name of a bank or payment institution that exists.

/** Roots of the national banks, by size: six state banks, then twelve joint-stock banks. */
export const NATIONAL_ROOTS: readonly (readonly [string, string])[] = [
  ['华岳', 'Huayue'],
  ['恒川', 'Hengchuan'],
  ['东澜', 'Donglan'],
  ['朔方', 'Shuofang'],
  ['岷岳', 'Minyue'],
  ['南屿', 'Nanyu'],
  ['青垣', 'Qingyuan'],
  ['景行', 'Jinghang'],
  ['安澜', 'Anlan'],
  ['望舒', 'Wangshu'],
  ['云麓', 'Yunlu'],
  ['沧岚', 'Canglan'],
  ['秋浦', 'Qiupu'],
  ['澄湖', 'Chenghu'],
  ['霁野', 'Jiye'],
  ['白皋', 'Baigao'],
  ['长亭', 'Changting'],
  ['临渊', 'Linyuan'],
];

/** A town's name is one of these … */
export const TOWN_FIRST =
  '棠Tang 鹭Lu 砚Yan 昭Zhao 颐Yi 瀚Han 岫Xiu 汐Xi 澜Lan 菱Ling 槿Jin 澹Dan 皎Jiao 檀Tan 筠Yun 茗Ming 琅Lang 珞Luo 黛Dai 霭Ai';
/** … and one of these. */
export const TOWN_SECOND =
  '岭ling 川chuan 屿yu 原yuan 泽ze 浦pu 洲zhou 塘tang 皋gao 汀ting 陂bei 浔xun 泮pan 渡du 坞wu 堰yan 渚zhu 嶂zhang 湾wan 桥qiao';

export const FOREIGN_NAMES: readonly (readonly [string, string])[] = [
  ['奥德穆尔', 'Aldermoor'],
  ['卡斯特伦', 'Castellune'],
  ['维斯霍姆', 'Vesperholm'],
  ['卢门峡湾', 'Lumenfjord'],
  ['特恩维克', 'Ternwyck'],
  ['松德哈芬', 'Sundhaven'],
  ['奥瑞莱特', 'Oriolet'],
  ['奎尔布里', 'Quillbury'],
  ['安柏沃思', 'Emberworth'],
  ['哈罗米尔', 'Harrowmere'],
  ['伊森加德', 'Isengarth'],
  ['朱尼珀霍', 'Juniperho'],
  ['凯斯特林', 'Kestrelyn'],
  ['拉奇福德', 'Larchfjord'],
  ['马尔斯通', 'Marlstane'],
  ['宁布雷克', 'Nimbrake'],
  ['奥斯普里', 'Ospreyne'],
  ['佩尔维格', 'Pelvigg'],
  ['罗文斯凯', 'Rowanskye'],
  ['萨布洛克', 'Sablock'],
  ['西斯尔顿', 'Thistledane'],
  ['昂布里亚', 'Umbrelle'],
  ['雷恩福克', 'Wrenfolk'],
  ['亚罗维尔', 'Yarrowvale'],
  ['泽菲拉德', 'Zephyrade'],
  ['布林德霍', 'Brindlehaugh'],
  ['科尔瓦恩', 'Corvane'],
  ['敦米尔克', 'Dunmirk'],
  ['埃尔弗岑', 'Elverzen'],
  ['芬沃尔德', 'Fenwolde'],
  ['加林德尔', 'Garlindel'],
  ['霍姆松内', 'Holmsunne'],
  ['伊瓦尔堡', 'Ivarborg'],
  ['约尔瓦内', 'Jorvanne'],
  ['凯尔马什', 'Kelmarsh'],
  ['林德夸尔', 'Lindquar'],
  ['莫尔韦恩', 'Morwenne'],
];

/** The first two carry most of the country's traffic. */
export const PAYMENT_NAMES: readonly (readonly [string, string])[] = [
  ['云桥支付', 'Yunqiao Pay'],
  ['澄心付', 'Chengxin Pay'],
  ['快渡支付', 'Kuaidu Pay'],
  ['鹿鸣支付', 'Luming Pay'],
  ['远帆支付', 'Yuanfan Pay'],
  ['金梭支付', 'Jinsuo Pay'],
  ['竹简支付', 'Zhujian Pay'],
  ['一苇支付', 'Yiwei Pay'],
  ['木槿付', 'Mujin Pay'],
  ['山雀支付', 'Shanque Pay'],
  ['折柳付', 'Zheliu Pay'],
  ['潮信支付', 'Chaoxin Pay'],
  ['南枝支付', 'Nanzhi Pay'],
  ['晴窗付', 'Qingchuang Pay'],
  ['摇橹支付', 'Yaolu Pay'],
  ['拾穗付', 'Shisui Pay'],
  ['麦浪支付', 'Mailang Pay'],
];

/** The other payment institutions are named from one of these … */
export const PAYMENT_FIRST = '溪Xi 雁Yan 榆Yu 帆Fan 萤Ying 鸢Yuan 苔Tai 舟Zhou 星Xing 荻Di 蓼Liao 蔷Qiang';
/** … and one of these. */
export const PAYMENT_SECOND = '声sheng 归gui 影ying 歌ge 笺jian 铃ling 程cheng 火huo 语yu 帖tie';
