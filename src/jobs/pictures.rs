//! Pictures of products that a page asked for: fetched from the shop, made small and plain, and kept in the store.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageReader, Limits, Rgb, RgbImage};
use jiff::{SignedDuration, Timestamp};

use crate::store::ingest::hex;
use crate::store::pictures::{self, Due};
use crate::store::{StoreError, Urgency, seal};
use crate::web::app::{App, LiveBrand};

use super::outside::Outside;

/// Width and height of what is kept: twice what the page shows, for fine screens.
pub const SIDE: u32 = 256;
const QUALITY: u8 = 82;

/// The heaviest and widest picture that is opened; a small file may say that it is huge.
const MOST_BYTES: usize = 10 * 1024 * 1024;
const MOST_PIXELS_A_SIDE: u32 = 8_000;
const MOST_PIXELS: u64 = 40_000_000;
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

/// Fetched in one go from one shop.
const TOGETHER: i64 = 4;

/// How long others leave pictures alone that somebody fetches.
const TURN: SignedDuration = SignedDuration::from_mins(5);

/// Tries, and the first wait between two; it doubles.
const MOST_TRIES: i64 = 5;
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(10);

/// Fetches some pictures of every brand. Gives how many.
pub async fn once(app: &App, outside: &Outside) -> Result<usize, StoreError> {
    let mut done = 0;
    for live in app.brands().all() {
        let now = app.now();
        let mut conn = app.store.read().await?;
        let has_due = pictures::has_due(&mut conn, live.id, now).await?;
        drop(conn);
        if !has_due {
            continue;
        }
        let mut conn = app.store.write(Urgency::Batch).await?;
        let claimed = pictures::claim(&mut conn, live.id, now, now + TURN, TOGETHER).await?;
        conn.commit().await?;
        for due in &claimed {
            one(app, outside, live, due, now).await?;
            done += 1;
        }
    }
    Ok(done)
}

async fn one(app: &App, outside: &Outside, live: &LiveBrand, due: &Due, now: Timestamp) -> Result<(), StoreError> {
    let made = match outside.fetch(&due.address, MOST_BYTES).await {
        Ok(body) => tokio::task::spawn_blocking(move || small(&body))
            .await
            .unwrap_or_else(|_| Err("it could not be opened".to_owned())),
        Err(cause) => Err(cause),
    };
    let mut conn = app.store.write(Urgency::Batch).await?;
    match made {
        Ok(picture) => {
            let fingerprint = hex(&seal::sha256(&picture)[..8]);
            pictures::keep(&mut conn, live.id, due, &picture, &fingerprint).await?;
            metrics::counter!("doorstep_product_pictures_total", "result" => "kept").increment(1);
        }
        Err(cause) => {
            let tries = due.failures + 1;
            let wait = FIRST_WAIT.checked_mul(1 << due.failures.clamp(0, 16)).unwrap_or(FIRST_WAIT);
            pictures::failed(&mut conn, live.id, due, (tries < MOST_TRIES).then(|| now + wait)).await?;
            metrics::counter!("doorstep_product_pictures_total", "result" => "failed").increment(1);
            tracing::warn!(
                brand = live.brand.slug,
                product = due.product_id,
                cause,
                tries,
                "a product's picture was not to be had"
            );
        }
    }
    conn.commit().await
}

/// A square JPEG of the picture, whole and on white: nothing of the file itself is kept, so no script or tag in it is.
///
/// # Errors
/// Why it cannot be shown, in words for a log.
pub fn small(file: &[u8]) -> Result<Vec<u8>, String> {
    let reader = || {
        let reader = ImageReader::new(Cursor::new(file)).with_guessed_format();
        reader.map_err(|_| "it is no picture".to_owned())
    };
    let (width, height) =
        reader()?.into_dimensions().map_err(|_| "it is no JPEG, PNG, WebP or GIF picture".to_owned())?;
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err("it has too many pixels".to_owned());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS_A_SIDE);
    limits.max_image_height = Some(MOST_PIXELS_A_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = reader()?;
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| "it is broken or too large".to_owned())?;
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(&on_white(&picture))
        .map_err(|_| "it could not be written anew".to_owned())?;
    Ok(out)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    let fitted = picture.resize(SIDE, SIDE, FilterType::Triangle).to_rgba8();
    let mut square = RgbImage::from_pixel(SIDE, SIDE, Rgb([255; 3]));
    let (left, top) = ((SIDE - fitted.width()) / 2, (SIDE - fitted.height()) / 2);
    for (x, y, pixel) in fitted.enumerate_pixels() {
        let [red, green, blue, opacity] = pixel.0.map(u32::from);
        let blend = |colour: u32| u8::try_from((colour * opacity + 255 * (255 - opacity)) / 255).unwrap_or(255);
        square.put_pixel(left + x, top + y, Rgb([blend(red), blend(green), blend(blue)]));
    }
    square
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, Rgba([200, 0, 0, 255])));
        let mut file = Cursor::new(Vec::new());
        match format {
            ImageFormat::Jpeg => picture.to_rgb8().write_to(&mut file, format).unwrap(),
            _ => picture.write_to(&mut file, format).unwrap(),
        }
        file.into_inner()
    }

    #[test]
    fn every_format_becomes_one_square() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
            let made = image::load_from_memory(&small(&file(640, 320, format)).unwrap()).unwrap().to_rgb8();
            assert_eq!((made.width(), made.height()), (SIDE, SIDE), "{format:?}");
            let ([top, ..], [middle, ..]) = (made.get_pixel(128, 10).0, made.get_pixel(128, 128).0);
            assert!(top > 240 && (180..=220).contains(&middle), "{format:?}: whole, on white");
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        assert!(small(b"<svg onload=alert(1)>").unwrap_err().contains("no JPEG"));
        assert!(small(&[]).is_err());
        let mut cut = file(64, 64, ImageFormat::Png);
        cut.truncate(60);
        assert!(small(&cut).is_err());
        // A header of 60,000 by 60,000 pixels and nothing behind it.
        let mut bomb = file(8, 8, ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert!(small(&bomb).is_err());
    }
}
